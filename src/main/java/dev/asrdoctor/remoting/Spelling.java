package dev.asrdoctor.remoting;

/** The ways in which a server may write a character as something else: JSON's, XML's, CLIXML's and those of URLs. */
final class Spelling {
    static final String BEGINNINGS = "\\&_%";

    /** No place in a text. */
    static final int NONE = -1;

    private Spelling() {}

    /** Behind the character where it is written as something else here, else {@link #NONE}. */
    static int end(String text, int at, char c) {
        return switch (text.charAt(at)) {
            case '\\' -> backslash(text, at, c);
            case '&' -> entity(text, at, c);
            case '_' -> number(text, at, "_x", 4, 16, '_', c);
            case '%' -> percent(text, at, c);
            default -> NONE;
        };
    }

    private static int backslash(String text, int at, char c) {
        // What else follows a backslash stands for something else, as n for the end of a line.
        return !Character.isLetterOrDigit(c) && at + 1 < text.length() && text.charAt(at + 1) == c
                ? at + 2
                : number(text, at, "\\u", 4, 16, '\0', c);
    }

    private static int entity(String text, int at, char c) {
        String name = switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&apos;";
            default -> "";
        };
        if (!name.isEmpty() && text.startsWith(name, at)) {
            return at + name.length();
        }
        int hexadecimal = number(text, at, "&#x", 6, 16, ';', c);
        return hexadecimal == NONE ? number(text, at, "&#", 7, 10, ';', c) : hexadecimal;
    }

    private static int percent(String text, int at, char c) {
        return c < 128 ? number(text, at, "%", 2, 16, '\0', c) : NONE;
    }

    /** @param close what ends it; none where it has so many digits exactly */
    private static int number(String text, int at, String open, int most, int radix, char close, char c) {
        if (!text.regionMatches(true, at, open, 0, open.length())) {
            return NONE;
        }
        int begin = at + open.length();
        int end = begin;
        int value = 0;
        while (end < begin + most && end < text.length() && Character.digit(text.charAt(end), radix) != NONE) {
            value = value * radix + Character.digit(text.charAt(end), radix);
            end++;
        }
        if (end == begin || value != c) {
            return NONE;
        }
        if (close == '\0') {
            return end == begin + most ? end : NONE;
        }
        return text.startsWith(String.valueOf(close), end) ? end + 1 : NONE;
    }
}
