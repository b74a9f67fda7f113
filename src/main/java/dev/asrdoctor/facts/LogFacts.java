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
 * @param firstLine the beginning of the first line that was read; null in facts of older versions
 * @param matches the last entries that match, oldest first; of a long one its beginning, its end, and what was searched for
 * @param good for what the matches name, and for others, the last entry that tells success, oldest first; null in facts of
 *     older versions
 * @param error null, or the .NET name of why it could not be read, for example {@code UnauthorizedAccessException}
 */
public record LogFacts(
        String path,
        long size,
        Instant modifiedAt,
        long readBytes,
        @Nullable String encoding,
        long lines,
        @Nullable String firstLine,
        @Nullable String lastLine,
        long matched,
        List<String> matches,
        @Nullable List<String> good,
        @Nullable String error) {

    /** Entries that tell success; none where facts of an older version have no such list. */
    public List<String> successes() {
        return good == null ? List.of() : good;
    }

    /** Whether everything in it was read. */
    public boolean whole() {
        return error == null && readBytes >= size;
    }

    /** The file's name without its folder. */
    public String name() {
        return path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
    }
}
