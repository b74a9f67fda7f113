package dev.asrdoctor.remedy;

import java.util.ArrayList;
import java.util.List;

/** A server's plan while its remedies write it. */
final class Draft {
    private final List<Step> steps = new ArrayList<>();
    private final List<HeldBack> heldBack = new ArrayList<>();
    private boolean rehearsing;

    /** From here on steps are only rehearsed, or are not. */
    void rehearse(boolean only) {
        rehearsing = only;
    }

    void add(Step step) {
        if (steps.stream().noneMatch(known -> known.key().equals(step.key()))) {
            steps.add(rehearsing ? step.rehearsed() : step);
        }
    }

    void hold(HeldBack held) {
        heldBack.add(held);
    }

    /** Unless the same is told of it already. */
    void holdOnce(HeldBack held) {
        if (heldBack.stream()
                .noneMatch(known -> known.target().equalsIgnoreCase(held.target())
                        && known.remedy().equals(held.remedy()))) {
            heldBack.add(held);
        }
    }

    /** Whether something is done to the service already. */
    boolean touches(String service) {
        return steps.stream()
                .anyMatch(step -> step.action().runsService() && step.target().equalsIgnoreCase(service));
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    List<HeldBack> heldBack() {
        return List.copyOf(heldBack);
    }
}
