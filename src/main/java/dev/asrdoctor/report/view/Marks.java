package dev.asrdoctor.report.view;

import dev.asrdoctor.check.Status;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.store.Verdict;
import java.util.Map;

/** Verdicts as they are shown. */
final class Marks {
    private static final Map<Status, Integer> WORST_FIRST = Map.of(
            Status.FAIL, 0, Status.UNKNOWN, 1, Status.WARN, 2, Status.PASS, 3, Status.SKIPPED, 4, Status.WAIVED, 5);

    private Marks() {}

    static Mark of(Status status) {
        String glyph = switch (status) {
            case PASS -> "+";
            case WARN -> "!";
            case FAIL -> "x";
            case UNKNOWN -> "?";
            case SKIPPED, WAIVED -> "-";
        };
        return new Mark(tone(status), glyph, status.name());
    }

    static Tone tone(Status status) {
        return switch (status) {
            case PASS -> Tone.GOOD;
            case WARN -> Tone.WARN;
            case FAIL -> Tone.BAD;
            case UNKNOWN -> Tone.UNKNOWN;
            case SKIPPED, WAIVED -> Tone.FAINT;
        };
    }

    static Mark of(Verdict verdict) {
        Mark mark = of(
                switch (verdict) {
                    case PASS -> Status.PASS;
                    case NOTES -> Status.WARN;
                    case FAIL -> Status.FAIL;
                });
        return new Mark(mark.tone(), mark.glyph(), verdict.words());
    }

    static int rank(Status status) {
        return WORST_FIRST.getOrDefault(status, WORST_FIRST.size());
    }

    static boolean isProblem(Status status) {
        return status == Status.FAIL || status == Status.UNKNOWN || status == Status.WARN;
    }
}
