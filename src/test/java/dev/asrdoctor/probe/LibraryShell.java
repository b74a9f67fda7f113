package dev.asrdoctor.probe;

import dev.asrdoctor.testing.Peers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real PowerShell with scripts of ps-scripts/lib loaded as a server gets them; kept alive, as its start is what costs. */
final class LibraryShell implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int AMPLE_SECONDS = 120;

    /** Each expression has a scope of its own, so that none leaves variables to the next. */
    private static final String LOOP = """

            while ($null -ne ($asrLine = [Console]::In.ReadLine())) {
                try {
                    $asrText = [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($asrLine))
                    [Console]::Out.WriteLine((ConvertTo-AsrJson -Value (& ([scriptblock]::Create($asrText)))))
                }
                catch {
                    [Console]::Out.WriteLine((ConvertTo-AsrJson -Value @{ thrown = [string]$_.FullyQualifiedErrorId; message = [string]$_ }))
                }
            }
            """;

    private final Process process;
    private final BufferedReader answers;

    private LibraryShell(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /** @param library the script's name without its ending */
    static LibraryShell start(Path folder, String library) throws IOException {
        StringBuilder script = new StringBuilder();
        for (String name : new String[] {"begin", "json", library}) {
            script.append(Files.readString(Peers.project("ps-scripts/lib/" + name + ".ps1")));
        }
        Path file = Files.writeString(folder.resolve("library.ps1"), script.append(LOOP));
        return new LibraryShell(new ProcessBuilder(
                        Peers.powerShell().toString(), "-NoProfile", "-NonInteractive", "-File", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What the expression gives; {@code thrown} and {@code message} where it throws. */
    JsonNode ask(String expression) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        String line = Base64.getEncoder().encodeToString(expression.getBytes(StandardCharsets.UTF_8)) + "\n";
        process.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        FutureTask<String> answer = new FutureTask<>(answers::readLine);
        Thread.ofVirtual().start(answer);
        return JSON.readTree(answer.get(AMPLE_SECONDS, TimeUnit.SECONDS));
    }

    static String quoted(Object text) {
        return "'" + text.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
