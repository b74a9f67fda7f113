package dev.asrdoctor.report.format;

import dev.asrdoctor.report.model.Subject;
import java.util.List;

/** All formats. A new one is a class and a line here. */
public final class Formats {
    public static final String DEFAULT = "text";

    private static final List<Format> ALL = List.of(
            new TextFormat(), //
            new JsonFormat(),
            new CsvFormat(),
            new JunitFormat(),
            new HtmlFormat(),
            new MarkdownFormat());

    private Formats() {}

    /** Names of those that make sense of a subject, the usual one first. */
    public static List<String> of(Subject subject) {
        return ALL.stream()
                .filter(format -> subject.has(format.shows()))
                .map(Format::name)
                .toList();
    }

    /** @throws IllegalArgumentException where there is none of this name */
    public static Format named(String name) {
        return ALL.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no format is called " + name));
    }
}
