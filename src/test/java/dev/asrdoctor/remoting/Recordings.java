package dev.asrdoctor.remoting;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Conversations recorded from real Windows hosts. They are not part of the project; tests that need them are skipped without them. */
public final class Recordings {
    private Recordings() {}

    public static Path folder() {
        Path root = Path.of(System.getProperty("project.root", "."));
        Path shared = Optional.ofNullable(System.getenv("ASRDOCTOR_SHARED"))
                .map(Path::of)
                .orElse(root.toAbsolutePath().resolve("../shared"))
                .normalize();
        Path folder = shared.resolve("recordings");
        assumeTrue(Files.isDirectory(folder), "skipped: no recordings of real hosts at " + folder);
        return folder;
    }

    public static JsonNode json(String name) {
        return JsonMapper.shared().readTree(folder().resolve(name).toFile());
    }

    public static String text(String name) {
        try {
            return Files.readString(folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
