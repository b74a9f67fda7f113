package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.policy.Policy;
import java.util.ArrayList;
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

    /** The newest facts. */
    public Facts latest() {
        return after == null ? before : after;
    }

    /** This plan, and what came of it; what was held back before stays so. */
    public ServerResult done(ServerResult healed) {
        return new ServerResult(
                healed.plan.with(healed.plan.steps(), heldBackToo(healed.plan.heldBack())),
                healed.steps,
                before,
                healed.after,
                healed.attempt);
    }

    /** Between plan and act the server was lost: nothing was begun. */
    public ServerResult notReached(String why) {
        List<HeldBack> held = new ArrayList<>(plan.heldBack());
        plan.steps()
                .forEach(step -> held.add(new HeldBack(
                        step.remedy(), step.target(), "not-reached", "the server could not be read again: " + why)));
        return new ServerResult(plan.with(List.of(), held), List.of(), before, null);
    }

    private List<HeldBack> heldBackToo(List<HeldBack> more) {
        List<HeldBack> held = new ArrayList<>(plan.heldBack());
        more.stream()
                .filter(other -> held.stream().noneMatch(known -> known.target().equals(other.target())))
                .forEach(held::add);
        return held;
    }

    /** What a second look tells. */
    public ServerResult lookedAt(Facts seen, Policy policy) {
        return new ServerResult(plan, Remedies.lookAgain(this, seen, policy), before, seen, attempt);
    }

    /** The steps that are told otherwise now than they were told first. */
    public List<StepResult> toldOtherwise(ServerResult first) {
        List<StepResult> changed = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).verdict() != first.steps.get(i).verdict()) {
                changed.add(steps.get(i));
            }
        }
        return changed;
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
