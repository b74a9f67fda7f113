package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.ServerText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a value of a finding's evidence has to be; a list fulfils it when one of its members does. */
sealed interface ValueTest {
    boolean test(@Nullable Object value);

    /** After the evidence's name, for example {@code is timeout or refused}. */
    String words();

    /** With what the cause is about in place of {@code {each}} and {@code {subjects}}. */
    default ValueTest bound(String each, List<String> subjects) {
        return this;
    }

    /** One of some texts, in which {@code *} stands for anything and {@code {each}} for what the cause is about. */
    record OneOf(List<String> texts) implements ValueTest {
        @Override
        public boolean test(@Nullable Object value) {
            return value instanceof List<?> list
                    ? list.stream().anyMatch(this::test)
                    : value != null && texts.stream().anyMatch(text -> Globs.matches(text, value.toString()));
        }

        @Override
        public OneOf bound(String each, List<String> subjects) {
            return new OneOf(Globs.bound(texts, each, subjects));
        }

        @Override
        public String words() {
            return "is " + String.join(" or ", texts);
        }
    }

    /** A regular expression, anywhere in the text, in any case. */
    record Matches(Pattern pattern) implements ValueTest {
        @Override
        public boolean test(@Nullable Object value) {
            return value instanceof List<?> list
                    ? list.stream().anyMatch(this::test)
                    : value != null && ServerText.finds(pattern, value.toString());
        }

        @Override
        public String words() {
            return "tells " + pattern.pattern();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Matches matches && matches.pattern.pattern().equals(pattern.pattern());
        }

        @Override
        public int hashCode() {
            return pattern.pattern().hashCode();
        }
    }

    /** A number in a range, the ends not included. */
    record Between(double above, double below) implements ValueTest {
        @Override
        public boolean test(@Nullable Object value) {
            return value instanceof Number number && number.doubleValue() > above && number.doubleValue() < below;
        }

        @Override
        public String words() {
            return (Double.isInfinite(above) ? "" : "is above " + number(above))
                    + (Double.isInfinite(above) || Double.isInfinite(below) ? "" : " and ")
                    + (Double.isInfinite(below) ? "" : "is below " + number(below));
        }

        private static String number(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%s", value);
        }
    }

    /** Whether there is such a value at all. */
    record There(boolean there) implements ValueTest {
        @Override
        public boolean test(@Nullable Object value) {
            return (value != null) == there;
        }

        @Override
        public String words() {
            return there ? "is told" : "is not told";
        }
    }
}
