package dev.asrdoctor.report.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a subject, in no format.
 *
 * @param mark what all of it comes to, null where nothing is judged
 * @param conclusion what a page begins with and a terminal ends with
 * @param sheet null where it has no rows
 * @param suites by the name of all of them, null where it has no cases
 */
public record Document(
        String title,
        @Nullable Mark mark,
        Iterable<Block> conclusion,
        Iterable<Block> body,
        @Nullable Sheet sheet,
        @Nullable Suites suites) {

    public record Suites(String name, Iterable<Suite> suites) {}

    public Document(String title, Iterable<Block> conclusion, Iterable<Block> body) {
        this(title, null, conclusion, body, null, null);
    }

    public Document(String title, Iterable<Block> body) {
        this(title, List.of(), body);
    }

    public Document with(Mark verdict) {
        return new Document(title, verdict, conclusion, body, sheet, suites);
    }

    public Document with(Sheet rows) {
        return new Document(title, mark, conclusion, body, rows, suites);
    }

    public Document with(Suites cases) {
        return new Document(title, mark, conclusion, body, sheet, cases);
    }
}
