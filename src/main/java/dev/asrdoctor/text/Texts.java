package dev.asrdoctor.text;

/** Texts made shorter. */
public final class Texts {
    private Texts() {}

    /**
     * At most so many UTF-16 units, with three dots where something is cut off, and never between the halves of a
     * character: a half is no text, and some writers refuse all of a report for it.
     *
     * @param most more than three
     */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 3;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "...";
    }
}
