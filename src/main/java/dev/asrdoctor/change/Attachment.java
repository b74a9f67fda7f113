package dev.asrdoctor.change;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file in YAML that goes with facts: as somebody names it, or as it was kept. */
public final class Attachment {
    private final String place;
    private final byte[] bytes;

    /** @param place for people */
    Attachment(String place, byte[] bytes) {
        this.place = place;
        this.bytes = bytes.clone();
    }

    /** Null for none. */
    static @Nullable Attachment ofFile(@Nullable Path file) throws IOException {
        return file == null ? null : new Attachment(file.toString(), Files.readAllBytes(file));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** @throws ConfigException with its place, line and column */
    public Value read() throws ConfigException {
        return YamlFile.parse(YamlFile.text(bytes, place), place);
    }
}
