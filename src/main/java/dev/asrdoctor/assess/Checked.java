package dev.asrdoctor.assess;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Outcome;
import java.util.List;

/**
 * What a visit has brought back, small enough for ten thousand of them.
 *
 * @param facts packed
 * @param report of this server alone
 */
public record Checked(Facts facts, ServerReport report) {

    /** The facts alone. */
    public static List<Outcome<Facts>> facts(List<Outcome<Checked>> visits) {
        return visits.stream().map(Checked::facts).toList();
    }

    private static Outcome<Facts> facts(Outcome<Checked> visit) {
        return switch (visit) {
            case Outcome.Done<Checked> done ->
                new Outcome.Done<>(done.server(), done.value().facts(), done.waits());
            case Outcome.Failed<Checked> failed -> new Outcome.Failed<>(failed.server(), failed.trouble());
        };
    }
}
