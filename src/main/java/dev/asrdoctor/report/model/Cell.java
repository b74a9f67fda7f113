package dev.asrdoctor.report.model;

import java.time.Instant;
import java.util.List;

/** One value of a table. */
public sealed interface Cell {

    record Text(Prose prose) implements Cell {}

    record Verdict(Mark mark) implements Cell {}

    /** What it was and what it is. */
    record Turn(Mark before, Mark after) implements Cell {}

    /** A path, a fingerprint, a value as it was read. */
    record Code(String text) implements Cell {}

    static Cell of(String words) {
        return new Text(Prose.words(words));
    }

    static Cell of(String words, Tone tone) {
        return new Text(Prose.words(words, tone));
    }

    static Cell of(Instant moment) {
        return new Text(new Prose(List.of(new Prose.Moment(moment))));
    }
}
