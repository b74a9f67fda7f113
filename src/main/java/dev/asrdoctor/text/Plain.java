package dev.asrdoctor.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Texts from servers made safe and fitting for a terminal: no control characters, measured in columns. */
public final class Plain {
    private Plain() {}

    /** One line without anything that a terminal would obey. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> line.append(' ');
                case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
                    line.append('?');
                default -> line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    /** The same with its line breaks kept. */
    public static String text(String text) {
        return text.lines().map(Plain::line).collect(Collectors.joining("\n"));
    }

    public static int columns(String text) {
        return text.codePoints().map(Plain::columns).sum();
    }

    private static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return wide(c) ? 2 : 1;
    }

    /** East Asian wide and full-width characters and emoji. */
    private static boolean wide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }

    /** At most so many columns, with an ellipsis where something is cut. */
    public static String cut(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            if (used + columns(c) > columns - 2) {
                break;
            }
            used += columns(c);
            cut.appendCodePoint(c);
        }
        return cut.append("..").toString();
    }

    public static String pad(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(columns - columns(cut));
    }

    /** Lines of at most so many columns, broken at blanks, and inside a word only where it is longer than a line. */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" +")) {
            if (!line.isEmpty() && columns(line.toString()) + 1 + columns(word) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            String rest = word;
            while (columns(rest) > columns) {
                String head = head(rest, columns);
                lines.add(head);
                rest = rest.substring(head.length());
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** As much of a word as has room. */
    public static String head(String word, int columns) {
        StringBuilder head = new StringBuilder();
        int used = 0;
        for (int c : word.codePoints().toArray()) {
            used += columns(c);
            if (used > columns) {
                break;
            }
            head.appendCodePoint(c);
        }
        return head.toString();
    }
}
