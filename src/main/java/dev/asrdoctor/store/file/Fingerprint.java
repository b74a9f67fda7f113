package dev.asrdoctor.store.file;

import dev.asrdoctor.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What tells whether saved facts are still those that a report was made of. In a folder of facts,
 * {@code LC_ALL=C; sha256sum *.json | sha256sum} prints the same.
 */
public final class Fingerprint {
    private Fingerprint() {}

    public static String ofFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(".json") && !name.startsWith(".");
                    })
                    .sorted((one, other) -> compareBytes(
                            one.getFileName().toString(), other.getFileName().toString()))
                    .toList();
        }
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            lines.append(Sha256.of(Files.readAllBytes(file)))
                    .append("  ")
                    .append(file.getFileName())
                    .append('\n');
        }
        return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static String ofFile(Path file) throws IOException {
        return Sha256.of(Files.readAllBytes(file));
    }

    private static int compareBytes(String one, String other) {
        return java.util.Arrays.compareUnsigned(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
