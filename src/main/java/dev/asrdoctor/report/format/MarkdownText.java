package dev.asrdoctor.report.format;

import dev.asrdoctor.text.Plain;

/** Texts from servers, which Markdown and the HTML in it must not obey. */
final class MarkdownText {
    private MarkdownText() {}

    static String safe(String text) {
        StringBuilder plain = new StringBuilder();
        Plain.line(text).codePoints().forEach(c -> {
            switch (c) {
                case '<' -> plain.append("&lt;");
                case '>' -> plain.append("&gt;");
                case '&' -> plain.append("&amp;");
                default -> {
                    if ("\\`*_{}[]#|~!".indexOf(c) >= 0) {
                        plain.append('\\');
                    }
                    plain.appendCodePoint(c);
                }
            }
        });
        return plain.toString();
    }

    /** In a table nothing means anything inside code but the end of its cell. */
    static String code(String text, boolean table) {
        String plain = Plain.line(text).replace('`', '\'');
        return "`" + (table ? plain.replace("|", "\\|") : plain) + "`";
    }
}
