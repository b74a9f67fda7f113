package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps that only make sense together: when one of them is not done, neither are the others; pure. */
public final class Together {
    private Together() {}

    /**
     * Holds back what would bring about, or would need, a step that is not done: Windows starts a stopped dependency by
     * itself, a restart takes a proxy that was not set, and a proxy that nothing takes reads as healed.
     *
     * @param planned every step of the server
     * @param kept what is left of them
     * @param facts that the steps were planned from, null where there are none
     */
    public static ServerPlan of(List<Step> planned, ServerPlan kept, @Nullable Facts facts) {
        ServicesFacts services = facts == null ? null : facts.read(FactArea.SERVICES);
        List<Step> steps = new ArrayList<>(kept.steps());
        List<Step> left = new ArrayList<>(planned);
        left.removeIf(step -> steps.stream().anyMatch(step::sameAs));
        List<HeldBack> held = new ArrayList<>(kept.heldBack());
        for (int i = 0; i < left.size(); i++) {
            Step missing = left.get(i);
            for (Step step : List.copyOf(steps)) {
                if (belong(step, missing, services)) {
                    steps.remove(step);
                    left.add(step);
                    held.add(HeldBack.of(
                            step, "together", "it is not done without what is left alone: " + missing.words()));
                }
            }
        }
        return kept.with(steps, held);
    }

    /** Where the services could not be read, any of them may depend on any other. */
    private static boolean belong(Step step, Step missing, @Nullable ServicesFacts services) {
        return missing.target().equals(step.needs())
                || step.target().equals(missing.needs())
                || (services == null
                        && step.action().runsService()
                        && missing.action().runsService())
                || startedBy(step, services).stream().anyMatch(name -> name.equalsIgnoreCase(missing.target()));
    }

    private static List<String> startedBy(Step step, @Nullable ServicesFacts services) {
        if (services == null || !step.action().runsService()) {
            return List.of();
        }
        Optional<ServiceFact> service = services.named(step.target());
        return service.isPresent() ? Dependencies.allOf(service.get(), services) : List.of();
    }
}
