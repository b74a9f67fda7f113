package dev.asrdoctor.remedy;

import dev.asrdoctor.store.Attempt;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.lang3.EnumUtils;
import org.apache.commons.lang3.StringUtils;

/** What the journal's words of an attempt mean for a service. */
final class Results {
    private Results() {}

    /** False where nothing was done after all, because the server's lease could not be had. */
    static boolean tried(Attempt attempt, String service) {
        return attempt.services().stream().anyMatch(service::equalsIgnoreCase)
                && !is(attempt, service, StepResult.Verdict::untried);
    }

    static boolean hadNoEffect(Attempt attempt, String service) {
        return is(attempt, service, verdict -> verdict == StepResult.Verdict.NO_EFFECT);
    }

    static boolean failed(Attempt attempt, String service) {
        return is(attempt, service, verdict -> verdict == StepResult.Verdict.FAILED);
    }

    static boolean verified(Attempt attempt, String service) {
        return is(attempt, service, verdict -> verdict == StepResult.Verdict.VERIFIED);
    }

    /** Whether the server's lease could not be had, so that nothing of it was done. */
    static boolean keptOut(Attempt attempt) {
        return attempt.ended()
                && attempt.services().stream().allMatch(service -> is(attempt, service, StepResult.Verdict::untried));
    }

    private static boolean is(Attempt attempt, String service, Predicate<StepResult.Verdict> which) {
        return attempt.results().entrySet().stream()
                .filter(result -> result.getKey().equalsIgnoreCase(service))
                .flatMap(result -> verdict(result.getValue()).stream())
                .anyMatch(which);
    }

    private static Optional<StepResult.Verdict> verdict(String told) {
        return Optional.ofNullable(EnumUtils.getEnum(
                StepResult.Verdict.class, StringUtils.substringBefore(told, ":").strip()));
    }
}
