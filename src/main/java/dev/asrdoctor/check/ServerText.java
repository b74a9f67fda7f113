package dev.asrdoctor.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a regular expression against a text that a server wrote. Java's matcher tries every way through an expression, which
 * some texts turn into years, so it gets a number of steps; what takes more counts as no match.
 */
public final class ServerText {
    /** Some hundredths of a second; an ordinary line takes some thousand. */
    private static final int STEPS = 2_000_000;

    private ServerText() {}

    /** Whether the expression is met anywhere in the text. */
    public static boolean finds(Pattern pattern, String text) {
        return within(pattern, text, Matcher::find);
    }

    /** Whether the whole text meets the expression. */
    public static boolean matches(Pattern pattern, String text) {
        return within(pattern, text, Matcher::matches);
    }

    private interface Match {
        boolean met(Matcher matcher);
    }

    private static boolean within(Pattern pattern, String text, Match match) {
        try {
            return match.met(pattern.matcher(new Counted(text)));
        } catch (TooManyStepsException | StackOverflowError e) {
            // The matcher calls itself for each turn of a repeated group.
            return false;
        }
    }

    private static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyStepsException() {
            super("too many steps", null, false, false);
        }
    }

    private static final class Counted implements CharSequence {
        private final String text;
        private int steps;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps > STEPS) {
                throw new TooManyStepsException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
