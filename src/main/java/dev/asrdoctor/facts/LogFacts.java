package dev.asrdoctor.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of one log file.
 *
 * @param readBytes how much of its end was read
 * @param encoding {@code utf-8}, {@code utf-16le}, {@code utf-16be}, or {@code ansi}: then each character is one byte of
 *     the server's code page
 * @param lines how many lines were read, and {@code matched} how many of them match what was searched
 * @param matches the last lines that match, oldest first, cut at 400 characters
 * @param error null, or the .NET name of why it could not be read, for example {@code UnauthorizedAccessException}
 */
public record LogFacts(
        String path,
        long size,
        Instant modifiedAt,
        long readBytes,
        @Nullable String encoding,
        long lines,
        @Nullable String lastLine,
        long matched,
        List<String> matches,
        @Nullable String error) {

    /** The file's name without its folder. */
    public String name() {
        return path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
    }
}
