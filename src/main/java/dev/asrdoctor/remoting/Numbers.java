package dev.asrdoctor.remoting;

/** Honest numbers in which a password of digits alone may seem to stand. */
final class Numbers {
    private Numbers() {}

    /** @param document whether it may be a JSON document, of which a member's number is no password */
    static boolean holds(String text, int begin, int end, boolean document) {
        return (begin > 0 && digit(text.charAt(begin - 1)))
                || (end < text.length() && digit(text.charAt(end)))
                || (document && isMember(text, begin, end));
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isMember(String text, int begin, int end) {
        int before = begin - 1;
        while (before >= 0 && text.charAt(before) == ' ') {
            before--;
        }
        if (before < 0 || text.charAt(before) != ':') {
            return false;
        }
        before--;
        while (before >= 0 && text.charAt(before) == ' ') {
            before--;
        }
        return before >= 0
                && text.charAt(before) == '"'
                && (end == text.length() || ",}\r\n ".indexOf(text.charAt(end)) >= 0);
    }
}
