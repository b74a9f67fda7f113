package dev.asrdoctor.probe;

import java.util.List;
import java.util.stream.Collectors;

/** JSON texts in ASCII alone, which no code page can change. */
final class Ascii {
    private Ascii() {}

    static String quoted(List<String> texts) {
        return texts.stream().map(Ascii::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    /** Typographic quotation marks delimit strings in PowerShell too; escaped like this they cannot. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
