package dev.asrdoctor.report.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Words, and the commands among them that somebody copies. Nothing in it is escaped for any format. */
public record Prose(List<Span> spans) {
    /** What only closed the words before a command. */
    private static final Pattern LEADING = Pattern.compile("^[\\s.,;:)]+");
    /** As advice quotes what is to be typed: a program of Windows, of Kerberos or a cmdlet, with its arguments. */
    private static final Pattern QUOTED_COMMAND = Pattern.compile(
            "'((?:[A-Z][A-Za-z]+-[A-Z]\\w+|winrm|w32tm|setspn|klist|kinit|netsh|net|sc\\.exe|gpresult|timedatectl) [^'`]+)'");
    /** A longer command gets a line of its own. In characters, with its quotes. */
    private static final int INLINE = 45;

    public Prose {
        spans = List.copyOf(spans);
    }

    /** A part of it. */
    public sealed interface Span {}

    public record Words(String text, Tone tone) implements Span {}

    /** A short command in the midst of words, never broken. */
    public record Inline(String command) implements Span {}

    /** A command to copy, on a line of its own and never wrapped. */
    public record Command(String command) implements Span {}

    /** A moment, which each format tells by the clock that its readers have. */
    public record Moment(Instant at) implements Span {}

    /** Words alone, in which nothing is looked for. */
    public static Prose words(String text) {
        return words(text, Tone.PLAIN);
    }

    public static Prose words(String text, Tone tone) {
        return new Prose(List.of(new Words(text, tone)));
    }

    public static Prose command(String command) {
        return new Prose(List.of(new Command(command)));
    }

    /** Advice as checks and causes give it: commands stand between backquotes, short ones between quotes too. */
    public static Prose of(String text) {
        List<Span> spans = new ArrayList<>();
        String[] parts = longOnesApart(text).split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean command = i % 2 == 1 && i < parts.length - 1;
            if (command) {
                if (!parts[i].isBlank()) {
                    spans.add(new Command(parts[i].strip()));
                }
                continue;
            }
            String words = i == 0 ? parts[i] : LEADING.matcher(parts[i]).replaceFirst("");
            addWords(words, spans);
        }
        return new Prose(spans);
    }

    private static String longOnesApart(String text) {
        return QUOTED_COMMAND
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().length() > INLINE ? "`" + found.group(1) + "`" : found.group()));
    }

    private static void addWords(String words, List<Span> spans) {
        Matcher quoted = QUOTED_COMMAND.matcher(words);
        int from = 0;
        while (quoted.find()) {
            addText(words.substring(from, quoted.start()), spans);
            spans.add(new Inline(quoted.group(1)));
            from = quoted.end();
        }
        addText(words.substring(from), spans);
    }

    private static void addText(String text, List<Span> spans) {
        if (!text.isBlank()) {
            spans.add(new Words(text, Tone.PLAIN));
        }
    }

    /** Both, one after the other. */
    public Prose and(Prose more) {
        return new Prose(Stream.concat(spans.stream(), more.spans.stream()).toList());
    }

    public Prose and(String words) {
        return and(words(words));
    }

    public Prose and(String words, Tone tone) {
        return and(words(words, tone));
    }

    public Prose and(Instant moment) {
        return and(new Prose(List.of(new Moment(moment))));
    }

    public boolean isEmpty() {
        return spans.stream()
                .allMatch(span -> span instanceof Words words && words.text().isEmpty());
    }
}
