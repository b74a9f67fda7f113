package dev.asrdoctor.change;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One fact that differs between two sets.
 *
 * @param path {@code SERVER/area/part/...}; list items stand under their natural key, such as a service's name. A {@code /}
 *     inside a name is written {@code %2F} and a {@code %} is written {@code %25}
 * @param before null where it was not there or not set
 * @param after null where it is not there or not set
 */
public record Difference(
        String server,
        String path,
        @Nullable String before,
        @Nullable String after) {
    /** In place of an area: what a check says. */
    static final String VERDICTS = "problems";

    public static final Comparator<Difference> BY_PATH = Comparator.comparing(Difference::path);

    public Difference {
        if (Objects.equals(before, after)) {
            throw new IllegalArgumentException("no difference: " + path);
        }
    }

    /** {@code added}, {@code removed} or {@code changed}. */
    public String kind() {
        return before == null ? "added" : after == null ? "removed" : "changed";
    }

    /** The second part of the path, empty where the whole server differs. */
    public String area() {
        String[] parts = path.split("/", 3);
        return parts.length < 2 ? "" : parts[1];
    }

    /** Whether it is the verdict of a check, and no fact. */
    boolean isVerdict() {
        return isVerdict(path);
    }

    static boolean isVerdict(String path) {
        String[] parts = path.split("/", 3);
        return parts.length > 1 && parts[1].equalsIgnoreCase(VERDICTS);
    }

    public Difference reversed() {
        return new Difference(server, path, after, before);
    }
}
