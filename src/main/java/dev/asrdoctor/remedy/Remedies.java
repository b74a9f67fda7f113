package dev.asrdoctor.remedy;

import dev.asrdoctor.check.ExitCodes;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges what a remedy has achieved, by what was read afterwards and not by what the script says that it did; pure. */
public final class Remedies {
    private static final Set<String> RAN = Set.of("stopped-again", "started", "resumed", "already-running");

    private Remedies() {}

    /**
     * @param answer what the script did, null when the connection broke before it told
     * @param after what was read as the proof, null when it could not be read
     */
    public static List<StepResult> judge(ServerPlan plan, @Nullable RemedyAnswer answer, @Nullable Facts after) {
        return plan.steps().stream().map(step -> judge(step, answer, after)).toList();
    }

    private static StepResult judge(Step step, @Nullable RemedyAnswer answer, @Nullable Facts after) {
        Optional<ServiceOutcome> outcome = answer == null ? Optional.empty() : answer.of(step.service());
        List<ServiceEvent> events = answer == null ? List.of() : answer.events();
        if (after == null || !(after.services() instanceof Area.Read<ServicesFacts> read)) {
            return unknown(step);
        }
        @Nullable ServiceState state =
                read.data().named(step.service()).map(ServiceFact::state).orElse(null);
        if (state == ServiceState.UNKNOWN) {
            return unknown(step);
        }
        if (state == ServiceState.RUNNING) {
            return new StepResult(step, StepResult.Verdict.VERIFIED, "is running, read again afterwards");
        }
        boolean fellAgain =
                outcome.map(ServiceOutcome::outcome).filter(RAN::contains).isPresent();
        return new StepResult(
                step,
                fellAgain ? StepResult.Verdict.STOPPED_AGAIN : StepResult.Verdict.FAILED,
                reason(outcome, step, events));
    }

    private static StepResult unknown(Step step) {
        return new StepResult(
                step,
                StepResult.Verdict.UNKNOWN,
                "its state could not be read afterwards; check the server before doing anything else");
    }

    private static String reason(Optional<ServiceOutcome> outcome, Step step, List<ServiceEvent> events) {
        String told = outcome.map(Remedies::words).orElse("it does not run, and what was tried is not known");
        return EventWords.about(step, events)
                .map(event -> told + "; the event log says: " + event)
                .orElse(told);
    }

    private static String words(ServiceOutcome outcome) {
        Long error = outcome.win32Error();
        Long exit = outcome.exitCode();
        return switch (outcome.outcome()) {
            case "stopped-again" -> "it started and stopped again" + exitWords(exit, outcome.serviceExitCode());
            case "timed-out" -> "it was told to start and has not come up in time";
            case "refused-disabled" -> "it has been disabled in the meantime";
            case "skipped-dependency-failed" -> "it was not tried, because " + outcome.message() + " did not start";
            case "not-installed" -> "it is not installed any more";
            case "started", "resumed" -> "it started, and was down again when it was read as the proof";
            case "already-running" -> "it ran already, and was down again when it was read as the proof";
            default ->
                error != null
                        ? "it did not start: " + ExitCodes.words(error)
                        : "it did not start" + exitWords(exit, outcome.serviceExitCode());
        };
    }

    private static String exitWords(@Nullable Long exit, @Nullable Long own) {
        if (exit == null || exit == ExitCodes.STOPPED_ORDINARILY) {
            return "";
        }
        return exit == ExitCodes.SERVICE_SPECIFIC && own != null
                ? ": it ended with its own error code " + own
                : ": " + ExitCodes.words(exit);
    }
}
