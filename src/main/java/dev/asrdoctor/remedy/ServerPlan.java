package dev.asrdoctor.remedy;

import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.store.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** What is written down before it is done; nothing of what is only rehearsed. */
    JournalEntry.Intent intent(Instant at, String attempt) {
        Map<String, String> takes = new LinkedHashMap<>();
        Map<String, String> undo = new LinkedHashMap<>();
        for (Step step : steps) {
            String process = step.from();
            if (step.action() == Step.Action.RESTART && step.needs() != null && process != null && !step.whatIf()) {
                takes.put(step.key(), process);
            }
            String how = step.undo();
            if (how != null && !step.whatIf()) {
                undo.put(step.key(), how);
            }
        }
        return new JournalEntry.Intent(at, attempt, server.name(), keys(), takes, undo);
    }
}
