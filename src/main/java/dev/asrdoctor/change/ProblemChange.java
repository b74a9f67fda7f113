package dev.asrdoctor.change;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Status;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one verdict about one server.
 *
 * @param before null where there was none
 * @param after null where there is none any more
 */
public record ProblemChange(
        String server,
        Kind kind,
        @Nullable Finding before,
        @Nullable Finding after) {

    public enum Kind {
        /** It was not so before: this change's fault until somebody shows another. */
        NEW,
        /** A warning that was not there before. */
        NEW_WARNING,
        /** Declared, and come. */
        EXPECTED,
        GONE,
        /** There before and after: old debt. */
        UNCHANGED
    }

    /** The one that tells most. */
    public Finding finding() {
        Finding told = kind == Kind.GONE ? before : after;
        Finding other = told == null ? before : told;
        if (other == null) {
            throw new IllegalStateException("neither before nor after");
        }
        return other;
    }

    /** Whether it went from one verdict to another; one that only grew worse did not. */
    boolean isOfAnotherVerdict() {
        return !Objects.equals(word(before), word(after));
    }

    /** As a difference, so that it can be declared like any other. */
    Difference asDifference() {
        Finding finding = finding();
        return new Difference(
                server,
                FactTree.escaped(server) + "/" + Difference.VERDICTS + "/" + finding.check()
                        + (finding.subject().isEmpty() ? "" : "/" + FactTree.escaped(finding.subject())),
                word(before),
                word(after));
    }

    private static @Nullable String word(@Nullable Finding finding) {
        return finding == null ? null : word(finding.status());
    }

    static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
