package dev.asrdoctor.fleet;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.Pairs;
import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.facts.Facts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges what a run has brought back; the same for a live run and for saved facts. */
public final class FleetCheck {
    private FleetCheck() {}

    /** @param checks ids of those to judge by */
    public static List<ServerReport> judge(List<Outcome<Facts>> visits, Policy policy, Set<String> checks) {
        Map<String, Facts> facts = new HashMap<>();
        for (Outcome<Facts> visit : visits) {
            if (visit instanceof Outcome.Done<Facts> done) {
                facts.put(done.server().name(), done.value());
            }
        }
        return Pairs.together(
                visits.stream().map(visit -> judge(visit, policy, checks)).toList(), facts);
    }

    private static ServerReport judge(Outcome<Facts> visit, Policy policy, Set<String> checks) {
        return switch (visit) {
            case Outcome.Done<Facts> done -> Checks.judge(done.value(), done.server(), policy, checks);
            case Outcome.Failed<Facts> failed -> {
                Trouble trouble = failed.trouble();
                yield ServerReport.unreached(
                        failed.server(), trouble.stage(), trouble.kind(), trouble.message(), trouble.advice());
            }
        };
    }
}
