package dev.asrdoctor.remoting;

/** The ways in which a server may write a character as something else: JSON's, XML's, CLIXML's and those of URLs. */
final class Spelling {
    static final String BEGINNINGS = "\\&_%";

    private Spelling() {}

    /** Behind the character where it is written as something else here, else -1. */
    static int end(String text, int at, char c) {
        return switch (text.charAt(at)) {
            case '\\' -> backslash(text, at, c);
            case '&' -> entity(text, at, c);
            case '_' -> number(text, at, "_x", 4, 16, '_', c);
            case '%' -> percent(text, at, c);
            default -> -1;
        };
    }

    private static int backslash(String text, int at, char c) {
        int end = number(text, at, "\\u", 4, 16, '\0', c);
        boolean plain = at + 1 < text.length() && text.charAt(at + 1) == c && !Character.isLetterOrDigit(c);
        return end < 0 && plain ? at + 2 : end;
    }

    private static int entity(String text, int at, char c) {
        int end = number(text, at, "&#x", 6, 16, ';', c);
        if (end < 0) {
            end = number(text, at, "&#", 7, 10, ';', c);
        }
        String name = switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&apos;";
            default -> "";
        };
        return end < 0 && !name.isEmpty() && text.startsWith(name, at) ? at + name.length() : end;
    }

    private static int percent(String text, int at, char c) {
        return c < 128 ? number(text, at, "%", 2, 16, '\0', c) : -1;
    }

    /** @param close what ends it; none where it has so many digits exactly */
    private static int number(String text, int at, String open, int most, int radix, char close, char c) {
        if (!text.regionMatches(true, at, open, 0, open.length())) {
            return -1;
        }
        int digit = at + open.length();
        int value = 0;
        int digits = 0;
        while (digits < most && digit < text.length() && Character.digit(text.charAt(digit), radix) >= 0) {
            value = value * radix + Character.digit(text.charAt(digit), radix);
            digit++;
            digits++;
        }
        boolean closed = close == '\0' ? digits == most : digit < text.length() && text.charAt(digit) == close;
        return digits > 0 && closed && value == c ? digit + (close == '\0' ? 0 : 1) : -1;
    }
}
