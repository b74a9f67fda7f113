package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.Facts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one server's plan.
 *
 * @param before the facts that the plan was made from
 * @param after the facts that were read as the proof, null when there was nothing to do or they could not be read
 * @param attempt ties it to the journal, null where nothing was begun
 */
public record ServerResult(
        ServerPlan plan,
        List<StepResult> steps,
        Facts before,
        @Nullable Facts after,
        @Nullable String attempt) {

    public ServerResult(ServerPlan plan, List<StepResult> steps, Facts before, @Nullable Facts after) {
        this(plan, steps, before, after, null);
    }

    public boolean failed() {
        return steps.stream().anyMatch(StepResult::failed);
    }

    /** Whether a second look may tell more. */
    public boolean worthASecondLook() {
        return steps.stream()
                .map(StepResult::verdict)
                .anyMatch(verdict -> verdict == StepResult.Verdict.VERIFIED || verdict == StepResult.Verdict.NO_EFFECT);
    }

    /** As the journal keeps it: verdict and reason by step; what was only rehearsed is no attempt. */
    public static Map<String, String> told(List<StepResult> steps) {
        Map<String, String> told = new LinkedHashMap<>();
        steps.stream()
                .filter(result -> !result.step().whatIf())
                .forEach(result -> told.put(result.step().key(), result.verdict() + ": " + result.reason()));
        return told;
    }
}
