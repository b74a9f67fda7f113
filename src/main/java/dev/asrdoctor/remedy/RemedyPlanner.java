package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.RemedyMode;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.inventory.Server;

/** Plans what the policy lets remedies do about what was read; pure. */
public final class RemedyPlanner {
    private RemedyPlanner() {}

    /** Nothing is planned about what could not be read: unknown is neither healthy nor ill. */
    public static ServerPlan plan(Server server, Facts facts, Policy policy) {
        Patient patient = new Patient(
                server,
                facts,
                policy,
                facts.services() instanceof Area.Read<ServicesFacts>(ServicesFacts read) ? read : null);
        Draft draft = new Draft();
        for (Remedy remedy : Remedy.wanted(policy)) {
            draft.rehearse(remedy.mode(policy) == RemedyMode.WHAT_IF);
            remedy.planner().plan(patient, draft);
        }
        return new ServerPlan(server, draft.steps(), draft.heldBack());
    }
}
