package dev.asrdoctor.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs and recordings that contract tests need. Without one the test says that it is skipped; where
 * {@code ASRDOCTOR_PEERS=required} is set, a missing program fails it instead.
 */
public final class Peers {
    private static final int AMPLE_SECONDS = 30;
    private static final Path ROOT =
            Path.of(System.getProperty("project.root", "")).toAbsolutePath().normalize();

    private Peers() {}

    /** A file or folder of the project itself. */
    public static Path project(String path) {
        return ROOT.resolve(path);
    }

    /** A file or folder beside the project that only some machines have; never fails for its absence. */
    public static Path shared(String path) {
        Path found = ROOT.resolve("../shared").resolve(path).normalize();
        Assumptions.assumeTrue(Files.exists(found), () -> "skipped: " + found + " is not there");
        return found;
    }

    /** PowerShell: PWSH, then PATH, then beside the project. */
    public static Path powerShell() {
        Optional<Path> found = Stream.of(
                        Optional.ofNullable(System.getenv("PWSH")).map(Path::of),
                        onPath("pwsh"),
                        Optional.of(ROOT.resolve("../shared/pwsh/bin/pwsh").normalize()))
                .flatMap(Optional::stream)
                .filter(Files::isExecutable)
                .findFirst();
        return found.orElseGet(() -> missing("PowerShell (set PWSH, or put pwsh on PATH)"));
    }

    /** A program outside of PATH. */
    public static Path installed(String path, String packages) {
        Path program = Path.of(path);
        return Files.isExecutable(program) ? program : missing(path + ", which " + packages + " brings,");
    }

    public static Path program(String name) {
        return onPath(name).orElseGet(() -> missing(name));
    }

    /** A file or folder that a package of others brings. */
    public static Path present(Path path, String what) {
        return Files.exists(path) ? path : missing(what);
    }

    /**
     * Debian's Python, where it has these modules.
     *
     * @param modules separated by commas
     * @param packages that bring them, for the reader
     */
    public static Path pythonWith(String modules, String packages) {
        return pythonThat("import " + modules, packages);
    }

    /** Debian's Python, where it runs this statement without an error. */
    public static Path pythonThat(String statement, String packages) {
        Path python = Path.of("/usr/bin/python3");
        if (!Files.isExecutable(python) || exitCode(python.toString(), "-c", statement) != 0) {
            return missing("Python with what " + packages + " bring");
        }
        return python;
    }

    private static <T> T missing(String what) {
        String message = what + " is not on this machine";
        if ("required".equals(System.getenv("ASRDOCTOR_PEERS"))) {
            Assertions.fail(message);
        }
        return Assumptions.abort("skipped: " + message);
    }

    private static Optional<Path> onPath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int exitCode(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(AMPLE_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
