package dev.asrdoctor.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asrdoctor.testing.Peers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;

/** A running acceptor in Python, which prints its port and tells what happens on stderr. It ends when this Java ends. */
final class PythonAcceptor implements AutoCloseable {
    private static final int AMPLE_SECONDS = 30;

    private final Process process;
    private final BufferedReader stdout;
    private final Path journal;
    private final String script;
    private final int port;

    /** @param script in src/test/contract */
    PythonAcceptor(Path python, Path folder, String script, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        this.script = script;
        journal = Files.createTempFile(folder, "journal", null);
        List<String> command = new ArrayList<>(List.of(
                python.toString(), Peers.project("src/test/contract/" + script).toString()));
        command.addAll(arguments);
        ProcessBuilder builder = PeerProcess.of(folder, command);
        builder.environment().putAll(environment);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        process = builder.redirectError(journal.toFile()).start();
        stdout = process.inputReader(UTF_8);
        port = announcedPort();
    }

    private int announcedPort() throws IOException, InterruptedException {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                line.complete(String.valueOf(stdout.readLine()));
            } catch (IOException e) {
                line.completeExceptionally(new UncheckedIOException(e));
            }
        });
        try {
            return Integer.parseInt(line.get(AMPLE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException | NumberFormatException e) {
            close();
            return Assertions.fail(script + " does not start: " + Files.readString(journal), e);
        }
    }

    int port() {
        return port;
    }

    /** What happened so far, in order: a kind and what it tells. */
    List<String> journal() throws IOException {
        return Files.readAllLines(journal);
    }

    List<String> journal(String kind) throws IOException {
        String start = kind + " ";
        return journal().stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        PeerProcess.destroy(process);
        stdout.close();
    }
}
