package dev.asrdoctor.remoting;

import java.util.List;

/** Honest numbers in which a password of digits alone may seem to stand. */
final class Numbers {
    private static final int NONE = -1;
    private static final List<String> BEFORE = List.of("\":", "\": ", "\" :", "\" : ");
    private static final String BEHIND = ",}\r\n ";

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

    /** Whole, with its sign, fraction and exponent. */
    private static boolean isMember(String text, int begin, int end) {
        int from = begin;
        while (from > 0 && ofNumber(text.charAt(from - 1))) {
            from--;
        }
        int to = end;
        while (to < text.length() && ofNumber(text.charAt(to))) {
            to++;
        }
        return follows(text, from) && (to == text.length() || BEHIND.indexOf(text.charAt(to)) != NONE);
    }

    private static boolean ofNumber(char c) {
        return "0123456789+-.eE".indexOf(c) != NONE;
    }

    private static boolean follows(String text, int at) {
        return BEFORE.stream().anyMatch(name -> text.startsWith(name, at - name.length()));
    }
}
