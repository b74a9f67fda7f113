package dev.asrdoctor.fleet;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.store.Visit;
import java.util.List;

/** How visits ended, as a store keeps it and gives it back; what was waited for is not kept. */
public final class KeptVisits {
    private KeptVisits() {}

    public static List<Visit> of(List<Outcome<Facts>> outcomes) {
        return outcomes.stream().map(KeptVisits::visit).toList();
    }

    public static List<Outcome<Facts>> outcomes(List<Visit> visits) {
        return visits.stream().map(KeptVisits::outcome).toList();
    }

    private static Visit visit(Outcome<Facts> outcome) {
        return switch (outcome) {
            case Outcome.Done<Facts> done -> new Visit.Read(done.server(), done.value());
            case Outcome.Failed<Facts> failed ->
                new Visit.Unread(
                        failed.server(),
                        failed.trouble().stage(),
                        failed.trouble().kind(),
                        failed.trouble().message(),
                        failed.trouble().advice());
        };
    }

    private static Outcome<Facts> outcome(Visit visit) {
        return switch (visit) {
            case Visit.Read read -> new Outcome.Done<>(read.server(), read.facts());
            case Visit.Unread unread ->
                new Outcome.Failed<>(
                        unread.server(), new Trouble(unread.stage(), unread.kind(), unread.message(), unread.advice()));
        };
    }
}
