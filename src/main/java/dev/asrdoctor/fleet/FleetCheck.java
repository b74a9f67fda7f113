package dev.asrdoctor.fleet;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.facts.Facts;
import java.util.List;

/** Judges what a run has brought back; the same for a live run and for saved facts. */
public final class FleetCheck {
    private FleetCheck() {}

    public static List<ServerReport> judge(List<Outcome<Facts>> visits, Policy policy) {
        return visits.stream().map(visit -> judge(visit, policy)).toList();
    }

    private static ServerReport judge(Outcome<Facts> visit, Policy policy) {
        return switch (visit) {
            case Outcome.Done<Facts> done -> Checks.judge(done.value(), done.server(), policy);
            case Outcome.Failed<Facts> failed -> {
                Trouble trouble = failed.trouble();
                yield ServerReport.unreached(
                        failed.server(), trouble.stage(), trouble.kind(), trouble.message(), trouble.advice());
            }
        };
    }
}
