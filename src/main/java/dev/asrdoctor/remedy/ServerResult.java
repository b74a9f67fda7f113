package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one server's plan.
 *
 * @param before the facts that the plan was made from
 * @param after the facts that were read as the proof, null when there was nothing to do or they could not be read
 */
public record ServerResult(
        ServerPlan plan,
        List<StepResult> steps,
        Facts before,
        @Nullable Facts after) {
    public boolean failed() {
        return steps.stream().anyMatch(step -> step.verdict() != StepResult.Verdict.VERIFIED);
    }
}
