package dev.asrdoctor.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts from servers made safe and fitting for a terminal: no control characters, measured in columns. */
final class Plain {
    /** What only closed the words before a command. */
    private static final Pattern LEADING = Pattern.compile("^[\\s.,;:)]+");

    private static final char UNBREAKABLE = '\u00a0';
    /** In columns, with its quotes. */
    private static final int INLINE = 45;
    /** As advice quotes what is to be typed: a program of Windows, of Kerberos or a cmdlet, with its arguments. */
    private static final Pattern QUOTED_COMMAND = Pattern.compile(
            "'((?:[A-Z][A-Za-z]+-[A-Z]\\w+|winrm|w32tm|setspn|klist|kinit|netsh|net|sc\\.exe|gpresult|timedatectl) [^'`]+)'");

    private Plain() {}

    /** One line without anything that a terminal would obey. */
    static String line(String text) {
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
    static String text(String text) {
        return text.lines().map(Plain::line).collect(Collectors.joining("\n"));
    }

    static int columns(String text) {
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
    static String cut(String text, int columns) {
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

    static String pad(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(columns - columns(cut));
    }

    /** Lines of at most so many columns, broken at blanks, and inside a word only where it is longer than a line. */
    static List<String> wrap(String text, int columns) {
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

    /** A line of advice. */
    record Line(String text, boolean command) {}

    /**
     * Advice in lines of at most so many columns, but for the commands in it, which stand between backquotes there and here
     * on lines of their own, whole, however long they are.
     */
    static List<Line> advice(String text, int columns) {
        List<Line> lines = new ArrayList<>();
        String[] parts = whole(line(text)).split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean command = i % 2 == 1 && i < parts.length - 1;
            if (command) {
                lines.add(new Line(parts[i].strip(), true));
                continue;
            }
            String words = i == 0 ? parts[i] : LEADING.matcher(parts[i]).replaceFirst("");
            if (!words.isBlank()) {
                wrap(words.strip(), columns)
                        .forEach(each -> lines.add(new Line(each.replace(UNBREAKABLE, ' '), false)));
            }
        }
        lines.removeIf(each -> each.text().isEmpty());
        return lines;
    }

    /** A command in the midst of a sentence stays on one line, and a long one gets a line of its own. */
    private static String whole(String text) {
        return QUOTED_COMMAND
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().length() > INLINE
                                ? "`" + found.group(1) + "`"
                                : found.group().replace(' ', UNBREAKABLE)));
    }

    private static String head(String word, int columns) {
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
