package dev.asrdoctor.cli.lab;

import dev.asrdoctor.cli.terminal.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A lab in a JVM of its own, so that what the controller uses can be told apart from it. */
final class LabProcess implements AutoCloseable {
    /** The class that starts the program; commands do not know it otherwise. */
    static final String PROGRAM = "dev.asrdoctor.cli.Main";

    private final Process process;

    private LabProcess(Process process) {
        this.process = process;
    }

    /** Every server listens when this returns, and the inventory is written. */
    static LabProcess start(Path inventory, String... arguments) throws IOException, UsageException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // It lives for a minute and shares the processors with what is measured.
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                PROGRAM,
                "lab",
                "--inventory-out",
                inventory.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (out.readLine() == null) {
            process.destroyForcibly();
            throw new UsageException("the lab did not start; what it said stands above");
        }
        return new LabProcess(process);
    }

    /** @throws UsageException when it has ended, which spoils what was measured */
    void requireAlive() throws UsageException {
        if (!process.isAlive()) {
            throw new UsageException("the lab ended during the measurement; what it said stands above");
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
