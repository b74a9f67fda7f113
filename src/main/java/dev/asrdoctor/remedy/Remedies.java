package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.ClockReading;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.remedy.StepResult.Verdict;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges what a plan has achieved, by what was read afterwards and not by what the script says that it did; pure. */
public final class Remedies {
    private static final String LEASE = "the mutex Global\\asrdoctor-remedy-...";
    private static final int KEPT_OUT_RUNS = 3;

    private final @Nullable RemedyAnswer answer;
    private final Facts before;
    private final Patient after;

    private Remedies(ServerPlan plan, @Nullable RemedyAnswer answer, Facts before, Facts after, Policy policy) {
        this.answer = answer;
        this.before = before;
        this.after = Patient.of(plan.server(), after, policy);
    }

    /**
     * @param answer what the script did, null when the connection broke before it told
     * @param before what was read before anything was done
     * @param after what was read as the proof, null when it could not be read
     */
    public static List<StepResult> judge(
            ServerPlan plan, @Nullable RemedyAnswer answer, Facts before, @Nullable Facts after, Policy policy) {
        if (answer != null && !answer.leased()) {
            String keptBy = answer.keptBy();
            return plan.steps().stream()
                    .map(step -> new StepResult(
                            step,
                            Verdict.NOT_TRIED,
                            "nothing was done: "
                                    + (keptBy == null
                                            ? "another asrdoctor is healing this server at this moment"
                                            : keptBy + " holds the lease of this server (" + LEASE
                                                    + "); where that is no other asrdoctor, end it")))
                    .toList();
        }
        if (after == null) {
            return plan.steps().stream()
                    .map(step -> step.whatIf() ? rehearsed(step, outcome(step, answer)) : unknown(step))
                    .toList();
        }
        Remedies judge = new Remedies(plan, answer, before, after, policy);
        return plan.steps().stream().map(judge::judge).toList();
    }

    /**
     * A lease that cannot be had once is another controller's; one that cannot be had again and again keeps a server from
     * being healed at all, which somebody has to know.
     *
     * @param history what the journal told before this run, the oldest first
     */
    public static List<StepResult> keptOut(List<StepResult> steps, String server, List<Attempt> history) {
        List<StepResult> meant =
                steps.stream().filter(step -> !step.step().whatIf()).toList();
        if (meant.isEmpty() || meant.stream().anyMatch(StepResult::tried)) {
            return steps;
        }
        long runs = 1
                + history.reversed().stream()
                        .filter(attempt -> attempt.isOf(server))
                        .takeWhile(Results::keptOut)
                        .count();
        return runs < KEPT_OUT_RUNS
                ? steps
                : steps.stream()
                        .map(step -> step.step().whatIf()
                                ? step
                                : new StepResult(
                                        step.step(),
                                        Verdict.KEPT_OUT,
                                        step.reason() + "; so it went in " + runs + " runs in a row. Look on the server"
                                                + " for the process that holds " + LEASE))
                        .toList();
    }

    /**
     * The second look: what held stays verified, what fell is told, and what had no effect yet may have one now.
     *
     * @param first what the first look told, with the facts it was told by
     * @param after what is read now
     */
    public static List<StepResult> lookAgain(ServerResult first, Facts after, Policy policy) {
        Facts proof = first.after();
        if (proof == null) {
            return first.steps();
        }
        Remedies judge = new Remedies(first.plan(), null, first.before(), after, policy);
        Patient was = Patient.of(first.plan().server(), proof, policy);
        List<StepResult> results = new ArrayList<>();
        for (StepResult result : first.steps()) {
            results.add(
                    switch (result.verdict()) {
                        case VERIFIED -> judge.stillGood(result, was);
                        case NO_EFFECT -> judge.lateEffect(result);
                        case FAILED, STOPPED_AGAIN, UNKNOWN, NOT_TRIED, KEPT_OUT -> result;
                    });
        }
        return List.copyOf(results);
    }

    private StepResult stillGood(StepResult first, Patient was) {
        Step step = first.step();
        StepResult now = judge(step);
        if (now.verdict() == Verdict.UNKNOWN) {
            return first;
        }
        if (now.verdict() != Verdict.VERIFIED) {
            return step.action().runsService()
                    ? new StepResult(step, Verdict.STOPPED_AGAIN, "it came up and fell again: " + now.reason())
                    : new StepResult(step, Verdict.NO_EFFECT, "it was undone again: " + now.reason());
        }
        Long old = process(step, was);
        Long young = process(step, after);
        return step.action().runsService() && old != null && young != null && !old.equals(young)
                ? new StepResult(
                        step,
                        Verdict.STOPPED_AGAIN,
                        "it fell again and was brought up by something else (PID " + old + ", now " + young + ")")
                : new StepResult(step, Verdict.VERIFIED, first.reason() + ", and once more later");
    }

    private StepResult lateEffect(StepResult first) {
        StepResult now = judge(first.step());
        return now.verdict() == Verdict.VERIFIED
                ? new StepResult(first.step(), Verdict.VERIFIED, now.reason() + ", at the second look")
                : first;
    }

    private static @Nullable Long process(Step step, Patient patient) {
        return patient.services() == null
                ? null
                : patient.services()
                        .named(step.target())
                        .map(ServiceFact::processId)
                        .orElse(null);
    }

    private StepResult judge(Step step) {
        Optional<StepOutcome> outcome = outcome(step, answer);
        if (step.whatIf()) {
            return rehearsed(step, outcome);
        }
        return switch (step.action()) {
            case START, RESUME -> runs(step, outcome);
            case RESTART -> restarted(step, outcome);
            case SET_START_TYPE -> startType(step, outcome);
            case RESYNC_TIME -> clock(step, outcome);
            case SET_MARS_PROXY, SET_PRODUCT_PROXY -> proxy(step, outcome);
            case EXCLUDE_FOLDERS -> excluded(step, outcome);
        };
    }

    private static Optional<StepOutcome> outcome(Step step, @Nullable RemedyAnswer answer) {
        return answer == null ? Optional.empty() : answer.of(step);
    }

    private static StepResult rehearsed(Step step, Optional<StepOutcome> outcome) {
        return new StepResult(
                step,
                Verdict.NOT_TRIED,
                outcome.filter(told -> told.outcome().rehearsed()).isPresent()
                        ? "rehearsed: it would " + step.words()
                        : "rehearsed: it would do nothing"
                                + outcome.map(done -> ", " + StepWords.of(done))
                                        .orElse(", and what stands in the way is not known"));
    }

    private StepResult runs(Step step, Optional<StepOutcome> outcome) {
        @Nullable ServiceState state = state(step);
        if (after.services() == null || state == ServiceState.UNKNOWN) {
            return unknown(step);
        }
        if (state == ServiceState.RUNNING) {
            return new StepResult(step, Verdict.VERIFIED, "is running, read again afterwards");
        }
        boolean fellAgain = outcome.filter(told -> told.outcome().ran()).isPresent();
        return new StepResult(step, fellAgain ? Verdict.STOPPED_AGAIN : Verdict.FAILED, reason(outcome, step));
    }

    private @Nullable ServiceState state(Step step) {
        return after.services() == null
                ? null
                : after.services().named(step.target()).map(ServiceFact::state).orElse(null);
    }

    private StepResult restarted(Step step, Optional<StepOutcome> outcome) {
        StepResult running = runs(step, outcome);
        if (running.verdict() != Verdict.VERIFIED) {
            return running;
        }
        Long process = process(step, after);
        if (process == null) {
            return unknown(step);
        }
        if (process.toString().equals(step.from())) {
            return new StepResult(
                    step,
                    Verdict.FAILED,
                    "it runs on in its old process: "
                            + (outcome.isEmpty() ? "what was tried is not known" : reason(outcome, step)));
        }
        if (outcome.filter(told -> told.outcome().leavesOthersDown()).isPresent()) {
            return new StepResult(step, Verdict.FAILED, reason(outcome, step));
        }
        Optional<ServiceFact> down = takenDown(step);
        if (down.isPresent()) {
            return new StepResult(
                    step,
                    Verdict.FAILED,
                    down.get().name() + ", which runs on top of it, ran before the restart and is "
                            + Words.word(down.get().state()) + " after it");
        }
        StepResult anew = new StepResult(step, Verdict.VERIFIED, "is running in a new process, read again afterwards");
        return step.remedy().equals(Remedy.RESTART_AGENT.id()) ? connected(step, anew) : anew;
    }

    /** What was stopped for the restart's sake, or may have been, and has not come up again. */
    private Optional<ServiceFact> takenDown(Step step) {
        ServicesFacts was = before.read(FactArea.SERVICES);
        ServicesFacts now = after.services();
        return was == null || now == null
                ? Optional.empty()
                : was.named(step.target()).stream()
                        .flatMap(service -> Dependencies.runningAbove(service, was).stream())
                        .filter(above -> above.state() == ServiceState.RUNNING)
                        .flatMap(above -> now.named(above.name()).stream())
                        .filter(above -> above.state() != ServiceState.RUNNING)
                        .findFirst();
    }

    /** An agent is restarted for the sake of its connection. */
    private StepResult connected(Step step, StepResult anew) {
        List<Finding> findings = after.findings("upload.connections");
        if (findings.stream().anyMatch(finding -> finding.status() == Status.FAIL)) {
            return new StepResult(step, Verdict.NO_EFFECT, "it runs anew, and still holds no connection to Azure");
        }
        boolean known = !findings.isEmpty()
                && findings.stream()
                        .allMatch(finding -> finding.status() == Status.PASS
                                || (finding.evidence().get("established") instanceof Integer held && held > 0));
        return known
                ? anew
                : new StepResult(
                        step,
                        Verdict.UNKNOWN,
                        "it runs anew, and whether it holds a connection to Azure could not be read");
    }

    private StepResult startType(Step step, Optional<StepOutcome> outcome) {
        String now = after.services() == null
                ? null
                : after.services()
                        .named(step.target())
                        .flatMap(service -> Optional.ofNullable(service.startType()))
                        .map(Words::word)
                        .orElse(null);
        if (now == null) {
            return unknown(step);
        }
        return now.equals(step.to())
                ? new StepResult(step, Verdict.VERIFIED, "start type is " + now + ", read again afterwards")
                : undone(step, outcome, "its start type is " + now);
    }

    private StepResult passes(Step step, Optional<StepOutcome> outcome, String check) {
        List<Finding> findings = after.findings(check);
        if (findings.isEmpty() || findings.stream().anyMatch(finding -> finding.status() == Status.UNKNOWN)) {
            return unknown(step);
        }
        return after.passes(check)
                ? new StepResult(step, Verdict.VERIFIED, findings.getFirst().title() + ", read again afterwards")
                : undone(step, outcome, findings.getFirst().title());
    }

    /** Two that are the same are no gain where the one that was set does not work. */
    private StepResult proxy(Step step, Optional<StepOutcome> outcome) {
        StepResult same = passes(step, outcome, "proxy.same");
        if (same.verdict() != Verdict.VERIFIED) {
            return same;
        }
        Optional<Objection> dead = WantedProxy.objection(after, AlignProxy.target(step.to()), true);
        return dead.map(why -> why.guard().equals(WantedProxy.UNTRIED)
                        ? unknown(step)
                        : new StepResult(step, Verdict.NO_EFFECT, same.reason() + ", but " + why.reason()))
                .orElse(same);
    }

    /** Windows takes a small offset away little by little (docs/facts.md, "Time"). */
    private StepResult clock(Step step, Optional<StepOutcome> outcome) {
        StepResult result = passes(step, outcome, "time.offset");
        ClockReading was = before.clock();
        ClockReading now = after.facts().clock();
        boolean nearer = was != null && now != null && now.nearerThan(was);
        boolean wrong = result.verdict() == Verdict.NO_EFFECT || result.verdict() == Verdict.FAILED;
        return wrong && nearer
                ? new StepResult(
                        step,
                        Verdict.VERIFIED,
                        after.findings("time.offset").getFirst().title()
                                + " and nearing the right time, which Windows does little by little")
                : result;
    }

    private StepResult excluded(Step step, Optional<StepOutcome> outcome) {
        List<Finding> findings = after.findings("antivirus.exclusions");
        // Without a judgement of what is required nothing was read again that proves it.
        if (findings.stream().noneMatch(finding -> finding.evidence().containsKey("required"))) {
            return unknown(step);
        }
        Set<String> wanted = Set.of((step.to() == null ? "" : step.to()).split("\\|"));
        List<String> missing = findings.stream()
                .flatMap(finding -> ExcludeFolders.missing(finding).stream())
                .filter(wanted::contains)
                .toList();
        return missing.isEmpty()
                ? new StepResult(step, Verdict.VERIFIED, "all folders are excluded, read again afterwards")
                : undone(
                        step,
                        outcome,
                        missing.size()
                                + " folders are still not excluded; a policy or tamper protection may forbid it");
    }

    /** The script acted and it reads as before, or it could not act. */
    private StepResult undone(Step step, Optional<StepOutcome> outcome, String now) {
        boolean acted = outcome.filter(told -> told.outcome().acted()).isPresent();
        return acted
                ? new StepResult(
                        step,
                        Verdict.NO_EFFECT,
                        (step.action() == Step.Action.RESYNC_TIME
                                        ? "Windows Time was asked, and "
                                        : "it was done, and ")
                                + now)
                : new StepResult(
                        step,
                        Verdict.FAILED,
                        outcome.map(StepWords::of).orElse("it is not known what was tried") + "; " + now);
    }

    private static StepResult unknown(Step step) {
        return new StepResult(
                step, Verdict.UNKNOWN, "it could not be read afterwards; check the server before doing anything else");
    }

    private String reason(Optional<StepOutcome> outcome, Step step) {
        List<ServiceEvent> events = answer == null ? List.of() : answer.events();
        String told = outcome.map(StepWords::of).orElse("it does not run, and what was tried is not known");
        return EventWords.about(step, events)
                .map(event -> told + "; the event log says: " + event)
                .orElse(told);
    }
}
