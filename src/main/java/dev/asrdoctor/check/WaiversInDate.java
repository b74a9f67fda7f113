package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.Waiver;
import java.time.ZoneOffset;
import java.util.List;

/** No waiver of the policy has expired; what it bore is judged again. */
final class WaiversInDate implements Check {
    private static final About ABOUT = new About(
            "policy.waivers",
            "No waiver has expired",
            0,
            List.of(FactArea.HOST),
            Profile.QUICK,
            About.EVERYWHERE,
            "A waiver says that a finding is known and borne until a day. After it the finding counts again, and somebody has to"
                    + " decide.",
            "Mend the finding and delete the waiver, or give it a new day and a reason that still holds.",
            List.of());

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Finding> judge(Facts facts, ResolvedServer server, Policy policy) {
        return policy.waivers().stream()
                .filter(waiver -> waiver.covers(server.said()) && expired(waiver, facts))
                .map(waiver -> new FindingBuilder(this, waiver.check())
                        .evidence("waiver", waiver.check())
                        .evidence("until", waiver.until().toString())
                        .evidence("reason", waiver.reason())
                        .is(
                                Status.WARN,
                                Severity.LOW,
                                "the waiver of " + waiver.check() + " has expired on " + waiver.until() + " ("
                                        + waiver.reason() + ")",
                                ABOUT.fix()))
                .toList();
    }

    static boolean expired(Waiver waiver, Facts facts) {
        return facts.readAt().atZone(ZoneOffset.UTC).toLocalDate().isAfter(waiver.until());
    }
}
