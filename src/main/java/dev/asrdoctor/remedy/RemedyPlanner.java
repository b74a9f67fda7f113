package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RemedyMode;
import java.util.List;

/** Plans what the policy lets remedies do about what was read; pure. */
public final class RemedyPlanner {
    private RemedyPlanner() {}

    /** For a server of which no journal tells anything. */
    public static ServerPlan plan(ResolvedServer server, Facts facts, Policy policy) {
        return plan(server, facts, policy, List.of());
    }

    /**
     * Nothing is planned about what could not be read: unknown is neither healthy nor ill.
     *
     * @param unfinished what earlier runs began on this server and did not bring to its end
     */
    public static ServerPlan plan(ResolvedServer server, Facts facts, Policy policy, List<Unfinished> unfinished) {
        Patient patient = Patient.of(server, facts, policy);
        Draft draft = new Draft();
        for (Remedy remedy : Remedy.wanted(policy)) {
            draft.rehearse(remedy.mode(policy) == RemedyMode.WHAT_IF);
            remedy.planner().plan(patient, draft);
            if (remedy == Remedy.PROXY) {
                unfinished.forEach(restart -> restart.plan(patient, draft));
            }
            for (Finding waived : patient.waived(remedy.leads())) {
                draft.holdOnce(HeldBack.of(
                        remedy,
                        waived.subject().isEmpty() ? remedy.leads() : waived.subject(),
                        Patient.borne(waived).guard(),
                        Patient.borne(waived).reason()));
            }
        }
        return new ServerPlan(server, draft.steps(), draft.heldBack());
    }
}
