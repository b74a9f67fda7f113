package dev.asrdoctor.lab.wsman;

/** Text made safe for elements and attributes. */
final class Xml {
    private Xml() {}

    static String escape(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String safe = switch (c) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&quot;";
                default -> null;
            };
            if (safe != null && out == null) {
                out = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (out != null) {
                out.append(safe == null ? String.valueOf(c) : safe);
            }
        }
        return out == null ? text : out.toString();
    }
}
