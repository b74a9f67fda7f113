package dev.asrdoctor.remoting.wsman;

/** Text from the other side, made fit for one line on a terminal. */
final class Words {
    private static final int LIMIT = 300;

    private Words() {}

    /** Without control characters and line breaks, and not endless. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), LIMIT));
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                blank = !clean.isEmpty();
                continue;
            }
            if (clean.length() >= LIMIT) {
                return clean.append("..").toString();
            }
            if (blank) {
                clean.append(' ');
                blank = false;
            }
            clean.append(c);
        }
        return clean.toString();
    }
}
