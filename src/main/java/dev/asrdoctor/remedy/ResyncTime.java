package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServiceLimits;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.TimeFacts;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.Setting;

/** Asks Windows Time for the time now (article step 4; docs/facts.md, "Time"). */
final class ResyncTime implements Remedy.Plan {
    static final Setting<RemedyMode> MODE =
            Setting.mode("time", RemedyMode.NEVER, "ask Windows Time for the time where the clock is off");

    static final String CLOCK = "W32Time";

    @Override
    public void plan(Patient patient, Draft draft) {
        for (Finding finding : patient.wrong("time.offset")) {
            TimeFacts time = patient.facts().read(FactArea.TIME);
            if (time == null || time.state() == null || time.startType() == null || time.typeInForce() == null) {
                hold(
                        draft,
                        "time-unknown",
                        "it could not be read how the clock is kept, and whether somebody has disabled that");
            } else if (patient.policy().get(ServiceLimits.DISABLED_ON_PURPOSE).stream()
                    .anyMatch(CLOCK::equalsIgnoreCase)) {
                hold(draft, "disabled-on-purpose", "the policy says that W32Time is disabled on purpose");
            } else if ("disabled".equals(time.startType())) {
                hold(draft, "disabled", "W32Time is disabled, and somebody may have meant that; see time.source");
            } else if (time.vmwareTools() && !"running".equals(time.state())) {
                hold(draft, "vmware", "VMware Tools keep the clock in place of W32Time: look at the ESX host's clock");
            } else if ("NoSync".equalsIgnoreCase(time.typeInForce())) {
                hold(
                        draft,
                        "no-source",
                        "the clock has no source to ask; give it one first (asrdoctor explain time.source)");
            } else {
                draft.add(Step.of(
                        Remedy.RESYNC_CLOCK, Step.Action.RESYNC_TIME, CLOCK, "time.offset: " + finding.title()));
            }
        }
    }

    private static void hold(Draft draft, String guard, String reason) {
        draft.hold(HeldBack.of(Remedy.RESYNC_CLOCK, CLOCK, guard, reason));
    }
}
