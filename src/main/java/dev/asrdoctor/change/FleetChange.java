package dev.asrdoctor.change;

import dev.asrdoctor.assess.Choice;
import dev.asrdoctor.assess.FleetCheck;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.policy.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run has brought back, as changes compare it; the same for a live run and for saved facts. */
public final class FleetChange {
    private FleetChange() {}

    public static Map<String, Reading> readings(List<Outcome<Facts>> visits) {
        Map<String, Reading> readings = new LinkedHashMap<>();
        for (Outcome<Facts> visit : visits) {
            readings.put(
                    visit.server().name(),
                    switch (visit) {
                        case Outcome.Done<Facts> done -> new Reading.Read(done.value());
                        case Outcome.Failed<Facts> failed ->
                            new Reading.Unread(
                                    failed.trouble().stage(),
                                    failed.trouble().kind(),
                                    failed.trouble().message(),
                                    failed.trouble().advice());
                    });
        }
        return readings;
    }

    /** @param checks ids of those to judge by */
    public static Judged judged(List<Outcome<Facts>> visits, Policy policy, Set<String> checks) {
        return new Judged(readings(visits), FleetCheck.judge(visits, policy, checks));
    }

    /** By everything: a change may touch anything. */
    static Judged judged(List<Outcome<Facts>> visits, Policy policy) {
        return judged(visits, policy, Choice.EVERYTHING.checks());
    }
}
