package dev.asrdoctor.facts;

import dev.asrdoctor.text.Texts;

/** JSON that a terminal, a pager or an editor may show: whatever one of them would obey stands in it as an escape. */
public final class SafeJson {
    private SafeJson() {}

    /**
     * @param json in which such characters stand in texts and names alone, as in every document
     * @return the same document; of half a character pair a replacement character is left, since it is no text
     */
    public static String of(CharSequence json) {
        StringBuilder safe = null;
        int end;
        for (int at = 0; at < json.length(); at = end) {
            int c = Character.codePointAt(json, at);
            end = at + Character.charCount(c);
            if (isPlain(c)) {
                if (safe != null) {
                    safe.appendCodePoint(c);
                }
                continue;
            }
            safe = safe == null ? new StringBuilder(json.length() + 64).append(json, 0, at) : safe;
            if (Character.getType(c) == Character.SURROGATE) {
                safe.append("\\ufffd");
                continue;
            }
            for (int i = at; i < end; i++) {
                safe.append(String.format("\\u%04x", (int) json.charAt(i)));
            }
        }
        return safe == null ? json.toString() : safe.toString();
    }

    private static boolean isPlain(int c) {
        // JSON lets no control character stand in a text, and line breaks between its parts are wanted.
        return c < 0x7f || Texts.isShown(c);
    }
}
