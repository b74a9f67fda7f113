package dev.asrdoctor.text;

/** Texts made shorter, and what in them is no text. */
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

    /** The same, with the dots in its middle, for texts whose end says as much as their beginning. */
    public static String cutInside(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int from = text.length() - most / 2;
        String end = text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
        return cut(text, most - most / 2) + end;
    }

    /** False for what a terminal, an editor or a spreadsheet obeys or hides in place of showing it. */
    public static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
