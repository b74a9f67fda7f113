package dev.asrdoctor.change;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
            lines.append(sha256(Files.readAllBytes(file)))
                    .append("  ")
                    .append(file.getFileName())
                    .append('\n');
        }
        return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static String ofFile(Path file) throws IOException {
        return sha256(Files.readAllBytes(file));
    }

    private static int compareBytes(String one, String other) {
        return java.util.Arrays.compareUnsigned(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
