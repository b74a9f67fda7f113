package dev.asrdoctor.lab.pwsh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** One PowerShell process that answers a line with a line. */
final class PwshWorker implements AutoCloseable {
    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    private PwshWorker(Process process) {
        this.process = process;
        this.requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static PwshWorker start(Path program, Path script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(), "-NoProfile", "-NonInteractive", "-File", script.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Each script is parsed anew and never gets hot: measuring it for a better compilation costs a fifth of its
        // time.
        builder.environment().put("DOTNET_TieredPGO", "0");
        return new PwshWorker(builder.start());
    }

    /** Reading a pipe cannot be interrupted, so it is done beside, and an interrupt ends the process. */
    String ask(String line) throws IOException, InterruptedException {
        requests.write(line);
        requests.write('\n');
        requests.flush();
        FutureTask<String> answer = new FutureTask<>(() -> {
            String read = answers.readLine();
            if (read == null) {
                throw new IOException("PowerShell has ended");
            }
            return read;
        });
        Thread.ofVirtual().start(answer);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            close();
            throw e;
        } catch (ExecutionException e) {
            close();
            throw new IOException("PowerShell gave no answer", e.getCause());
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
