package dev.asrdoctor.connect;

import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Detail;
import dev.asrdoctor.connect.Examination.Result;
import dev.asrdoctor.connect.Examination.Step;
import dev.asrdoctor.connect.Examination.Verdict;
import dev.asrdoctor.probe.AnswerFailure;
import dev.asrdoctor.remoting.RemotingFailure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found so far; a step that was not entered was not reached. */
final class ConnectionSheet {
    private final Map<Step, Result> results = new EnumMap<>(Step.class);
    private final ConnectionAdvice advice;

    ConnectionSheet(ConnectionAdvice advice) {
        this.advice = advice;
    }

    void ok(Step step, String told, List<Detail> details) {
        results.put(step, new Result(step, Verdict.OK, step.id(), told, details, List.of()));
    }

    void unknown(Step step, String told) {
        results.put(step, new Result(step, Verdict.UNKNOWN, step.id(), told, List.of(), List.of()));
    }

    void warn(Step step, String kind, String told, List<Action> actions) {
        results.put(step, new Result(step, Verdict.WARN, kind, told, List.of(), actions));
    }

    void fail(Step step, RemotingFailure failure, List<Detail> details, List<Action> first) {
        List<Action> actions = new ArrayList<>(first);
        actions.addAll(advice.on(failure));
        results.put(step, new Result(step, Verdict.FAIL, failure.kind(), failure.message(), details, actions));
    }

    void fail(Step step, AnswerFailure failure) {
        results.put(
                step,
                new Result(
                        step,
                        Verdict.FAIL,
                        failure.kind(),
                        failure.message(),
                        List.of(),
                        ConnectionAdvice.on(failure)));
    }

    ConnectionAdvice advice() {
        return advice;
    }

    boolean failed() {
        return results.values().stream().anyMatch(result -> result.verdict() == Verdict.FAIL);
    }

    List<Result> steps() {
        List<Result> steps = new ArrayList<>();
        for (Step step : Step.values()) {
            Result entered = results.get(step);
            steps.add(
                    entered == null
                            ? new Result(step, Verdict.NOT_REACHED, step.id(), "not reached", List.of(), List.of())
                            : entered);
        }
        return steps;
    }
}
