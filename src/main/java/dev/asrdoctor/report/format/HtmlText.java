package dev.asrdoctor.report.format;

import dev.asrdoctor.text.Plain;

/** Texts from servers, which a browser must not obey. */
final class HtmlText {
    private HtmlText() {}

    static String safe(String text) {
        String line = Plain.line(text);
        StringBuilder safe = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
