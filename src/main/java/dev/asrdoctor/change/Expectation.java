package dev.asrdoctor.change;

import dev.asrdoctor.check.ServerText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A difference that a change is meant to make.
 *
 * @param path as {@link Difference#path}; {@code *} and {@code ?} stand for what is inside a part, {@code **} for parts
 * @param kind {@code added}, {@code removed} or {@code changed}; null for any
 * @param from pattern of the value before, null for any
 * @param to pattern of the value after, null for any
 * @param need what it means when it does not come
 * @param why for people, may be empty
 * @param line of the file, from 1
 */
public record Expectation(
        String path,
        @Nullable String kind,
        @Nullable String from,
        @Nullable String to,
        Need need,
        String why,
        int line) {

    /** What it means when the difference does not come. */
    public enum Need {
        /** A failure for every server that the path names. */
        EACH,
        /** A failure when it comes on no server. */
        ANY,
        /** Nothing: it may come. */
        NONE
    }

    /** With patterns made once, for those who ask often. */
    record Compiled(
            Expectation expectation,
            Pattern server,
            Pattern path,
            @Nullable Pattern from,
            @Nullable Pattern to) {

        boolean names(String name) {
            return server.matcher(FactTree.escaped(name)).matches();
        }

        boolean at(String otherPath) {
            return path.matcher(otherPath).matches();
        }

        boolean covers(Difference difference) {
            String kind = expectation.kind();
            return (kind == null || kind.equals(difference.kind()))
                    && fits(from, difference.before())
                    && fits(to, difference.after())
                    && verdicts() == difference.isVerdict()
                    && at(difference.path());
        }

        /** Whether verdicts were meant; a pattern that happens to reach them would declare whatever breaks. */
        private boolean verdicts() {
            return Difference.isVerdict(expectation.path());
        }

        private static boolean fits(@Nullable Pattern pattern, @Nullable String value) {
            return pattern == null || (value != null && ServerText.matches(pattern, value));
        }
    }

    Compiled compiled() {
        int end = path.indexOf('/');
        return new Compiled(
                this,
                pattern(end < 0 ? path : path.substring(0, end), true),
                pattern(path, true),
                from == null ? null : pattern(from, false),
                to == null ? null : pattern(to, false));
    }

    boolean names(String server) {
        return compiled().names(server);
    }

    boolean at(String otherPath) {
        return compiled().at(otherPath);
    }

    boolean covers(Difference difference) {
        return compiled().covers(difference);
    }

    /** @param parts whether {@code *} ends at a slash */
    private static Pattern pattern(String glob, boolean parts) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && parts && glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append(parts ? "[^/]*" : ".*");
            } else if (c == '?') {
                regex.append(parts ? "[^/]" : ".");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    /** In a line, as people wrote it. */
    public String text() {
        return path
                + (kind == null ? "" : " " + kind)
                + (from == null ? "" : " from " + from)
                + (to == null ? "" : " to " + to)
                + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
