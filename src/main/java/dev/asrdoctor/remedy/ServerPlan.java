package dev.asrdoctor.remedy;

import dev.asrdoctor.inventory.ResolvedServer;
import java.util.ArrayList;
import java.util.List;

/** What would be done on one server, in this order, and what is held back. */
public record ServerPlan(ResolvedServer server, List<Step> steps, List<HeldBack> heldBack) {
    /** What the journal counts the steps by; those that are only rehearsed are no attempt. */
    public List<String> keys() {
        return steps.stream().filter(step -> !step.whatIf()).map(Step::key).toList();
    }

    /** Nothing of it: every step is held back for the same reason. */
    ServerPlan without(Objection why) {
        List<HeldBack> held = new ArrayList<>(heldBack);
        steps.forEach(step -> held.add(HeldBack.of(step, why.guard(), why.reason())));
        return with(List.of(), held);
    }

    public ServerPlan with(List<Step> others, List<HeldBack> held) {
        return new ServerPlan(server, List.copyOf(others), List.copyOf(held));
    }
}
