package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done on a fleet, has been done, and is held back.
 *
 * @param results of the servers that could be read for the plan
 * @param before what was read for the plan
 * @param after what is known now
 * @param stopped why nothing at all is done, null where something may be
 */
public record Remediation(
        List<ServerResult> results,
        List<Outcome<Facts>> before,
        List<Outcome<Facts>> after,
        @Nullable String stopped) {
    public Remediation {
        results = List.copyOf(results);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** The steps that are to be done, by server. */
    public Map<String, List<Step>> approved() {
        Map<String, List<Step>> approved = new LinkedHashMap<>();
        for (ServerResult result : results) {
            if (!result.plan().steps().isEmpty()) {
                approved.put(result.plan().server().name(), result.plan().steps());
            }
        }
        return approved;
    }

    /** What has been done and what a second look may tell more of, by server. */
    public Map<String, ServerResult> worthASecondLook() {
        Map<String, ServerResult> open = new LinkedHashMap<>();
        results.stream()
                .filter(ServerResult::worthASecondLook)
                .forEach(result -> open.put(result.plan().server().name(), result));
        return open;
    }

    /** @param visits to the servers that something was to be done on */
    public Remediation healed(List<Outcome<ServerResult>> visits) {
        Map<String, Outcome<ServerResult>> healed = byName(visits);
        List<ServerResult> told = new ArrayList<>();
        for (ServerResult planned : results) {
            told.add(
                    switch (healed.get(planned.plan().server().name())) {
                        case null -> planned;
                        case Outcome.Done<ServerResult> done -> planned.done(done.value());
                        case Outcome.Failed<ServerResult> failed ->
                            planned.notReached(failed.trouble().message());
                    });
        }
        List<Outcome<Facts>> known = new ArrayList<>();
        for (Outcome<Facts> visit : before) {
            known.add(
                    switch (healed.get(visit.server().name())) {
                        case null -> visit;
                        case Outcome.Done<ServerResult> done ->
                            new Outcome.Done<>(done.server(), done.value().latest());
                        case Outcome.Failed<ServerResult> failed ->
                            new Outcome.Failed<>(failed.server(), failed.trouble());
                    });
        }
        return new Remediation(told, before, known, stopped);
    }

    /** @param looked the results that a second look has changed, by server */
    public Remediation lookedAt(Map<String, ServerResult> looked) {
        return new Remediation(
                results.stream()
                        .map(result ->
                                looked.getOrDefault(result.plan().server().name(), result))
                        .toList(),
                before,
                after.stream().map(visit -> latest(visit, looked)).toList(),
                stopped);
    }

    private static Outcome<Facts> latest(Outcome<Facts> known, Map<String, ServerResult> looked) {
        ServerResult result = looked.get(known.server().name());
        return result == null ? known : new Outcome.Done<>(known.server(), result.latest());
    }

    public boolean failed() {
        return results.stream().anyMatch(ServerResult::failed);
    }

    /** One line: how much was done, or would be, and how much not. */
    public String summary(boolean applied) {
        long planned = results.stream()
                .mapToLong(result -> result.plan().steps().size())
                .sum();
        long held = results.stream()
                .mapToLong(result -> result.plan().heldBack().size())
                .sum();
        List<StepResult> steps =
                results.stream().flatMap(result -> result.steps().stream()).toList();
        long verified = steps.stream()
                .filter(step -> step.verdict() == StepResult.Verdict.VERIFIED)
                .count();
        long failed = steps.stream().filter(StepResult::failed).count();
        long untried = steps.stream()
                .filter(step -> step.verdict() == StepResult.Verdict.NOT_TRIED
                        && !step.step().whatIf())
                .count();
        return Words.count(before.size(), "server") + ", "
                + (applied
                        ? Words.count(verified, "step") + " done and verified, " + failed + " not healed"
                                + (untried == 0 ? "" : ", " + untried + " not tried")
                        : Words.count(planned, "step") + " would be done")
                + ", " + held + " held back" + (stopped == null ? "" : "; nothing is done: " + stopped);
    }

    private static Map<String, Outcome<ServerResult>> byName(List<Outcome<ServerResult>> visits) {
        Map<String, Outcome<ServerResult>> byName = new LinkedHashMap<>();
        visits.forEach(visit -> byName.put(visit.server().name(), visit));
        return byName;
    }
}
