package dev.asrdoctor.contract;

import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** Programs of others, in an environment that holds nothing of this machine's and with an end in every case. */
final class PeerProcess {
    private static final int AMPLE_SECONDS = 60;

    /** What a program left behind. */
    record Ended(int exitCode, String stdout, String stderr) {
        String said() {
            return "exit code " + exitCode + "\n" + stdout + "\n" + stderr;
        }
    }

    private PeerProcess() {}

    /**
     * Proxies, authorities and Python paths of the machine would decide the outcome, so none is passed on; and where the
     * machine's locale is C, text would be too.
     *
     * @param home for whatever the program wants to keep
     */
    static ProcessBuilder of(Path home, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", home.toString());
        environment.put(
                "OPENSSL_CONF",
                Peers.project("src/test/contract/openssl-legacy.cnf").toString());
        return builder;
    }

    /** Runs to the end, or fails when that does not come. */
    static Ended run(ProcessBuilder builder, String stdin) throws IOException, InterruptedException {
        return run(builder, stdin, AMPLE_SECONDS);
    }

    static Ended run(ProcessBuilder builder, String stdin, int seconds) throws IOException, InterruptedException {
        Path folder = builder.directory().toPath();
        Path in = Files.writeString(Files.createTempFile(folder, "stdin", null), stdin);
        Path out = Files.createTempFile(folder, "stdout", null);
        Path err = Files.createTempFile(folder, "stderr", null);
        Process process = builder.redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            boolean over = process.waitFor(seconds, TimeUnit.SECONDS);
            Ended ended = new Ended(over ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
            if (!over) {
                Assertions.fail(builder.command() + " does not end\n" + ended.said());
            }
            return ended;
        } finally {
            destroy(process);
            for (Path file : List.of(in, out, err)) {
                Files.delete(file);
            }
        }
    }

    static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
