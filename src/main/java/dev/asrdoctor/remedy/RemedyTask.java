package dev.asrdoctor.remedy;

import dev.asrdoctor.assess.CheckTask;
import dev.asrdoctor.assess.ProbePlan;
import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.DetectedDeployment;
import dev.asrdoctor.check.Profile;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.ServerTask;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RunPolicy;
import dev.asrdoctor.probe.AnswerException;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.probe.RemedyScript;
import dev.asrdoctor.probe.Request;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.Journal;
import dev.asrdoctor.store.JournalEntry;
import dev.asrdoctor.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Heals one server on one connection: reads facts, plans, writes down what it means to do, does it, reads facts again,
 * judges by them, and writes that down. Without a journal it only plans.
 */
public final class RemedyTask implements ServerTask<ServerResult> {
    private final Reading reading;
    private final RemedyScript script;
    private final Policy policy;
    private final RunPolicy limits;
    private final InstantSource clock;
    private final @Nullable Journal journal;
    private final List<Attempt> history;
    private final Map<String, List<Step>> approved;
    private final RunBrake brake;

    /** Reads what the remedies of a policy need to know, before and after. */
    public static final class Reading {
        private static final long MOST_EVENT_HOURS = Duration.ofDays(366).toHours();

        private final FactsReader reader;
        private final ProbePlan plan;
        private final boolean servicesAlone;
        private final int eventHours;

        /** @param servers of the whole inventory */
        public Reading(FactsReader reader, Policy policy, Duration deadline, List<Server> servers) {
            List<Remedy> wanted = Remedy.wanted(policy);
            this.reader = reader;
            this.eventHours = eventHours(policy);
            this.servicesAlone = wanted.stream().allMatch(remedy -> remedy == Remedy.SERVICES);
            this.plan = new ProbePlan(
                    Remedy.checks(policy),
                    policy,
                    wanted.contains(Remedy.RESTART_AGENT) ? Profile.FULL : Profile.QUICK,
                    deadline,
                    servers);
        }

        public Facts read(Server server, Session session, Deadline deadline)
                throws RemotingException, AnswerException, InterruptedException {
            return reader.read(server.name(), request(server), session, deadline);
        }

        Request.ReadFacts request(Server server) {
            return asked(server).withEventsOf(eventHours);
        }

        /** A person's stop is respected for no longer than events are read. */
        private static int eventHours(Policy policy) {
            long respected =
                    policy.get(RailLimits.HUMAN_STOP).plusHours(1).minusNanos(1).toHours();
            return Math.toIntExact(Math.clamp(respected, FactsReader.EVENT_HOURS, MOST_EVENT_HOURS));
        }

        private Request.ReadFacts asked(Server server) {
            if (!servicesAlone) {
                return plan.of(server).and(ProbePlan::toHeal);
            }
            return ProbePlan.ofServices(server);
        }
    }

    /**
     * Plans alone: nothing is changed.
     *
     * @param history what the journal tells
     */
    public RemedyTask(
            Reading reading,
            RemedyScript script,
            Policy policy,
            RunPolicy limits,
            InstantSource clock,
            List<Attempt> history) {
        this(
                reading,
                script,
                policy,
                limits,
                clock,
                null,
                history,
                Map.of(),
                new RunBrake(policy, clock, null, now -> OpenWindows.NONE));
    }

    /**
     * Does what was approved, as far as facts that are read anew still ask for it.
     *
     * @param history what the journal told before this run
     * @param approved steps by server
     */
    public RemedyTask(
            Reading reading,
            RemedyScript script,
            Policy policy,
            RunPolicy limits,
            InstantSource clock,
            @Nullable Journal journal,
            List<Attempt> history,
            Map<String, List<Step>> approved,
            RunBrake brake) {
        this.reading = reading;
        this.script = script;
        this.policy = policy;
        this.limits = limits;
        this.clock = clock;
        this.journal = journal;
        this.history = history;
        this.approved = approved;
        this.brake = brake;
    }

    @Override
    public ServerResult run(Server server, Session session, Deadline deadline)
            throws RemotingException, AnswerException, InterruptedException {
        Facts before = reading.read(server, session, deadline);
        ServerPlan plan = CheckTask.inTime(
                deadline,
                () -> RemedyPlanner.plan(
                        DetectedDeployment.resolve(server, before.opened()),
                        before.opened(),
                        policy,
                        Unfinished.of(server.name(), history)));
        if (journal == null) {
            return new ServerResult(plan, List.of(), before.packed(), null);
        }
        plan = Together.of(plan.steps(), only(plan, approved.getOrDefault(server.name(), List.of())), before);
        if (plan.steps().isEmpty()) {
            return new ServerResult(plan, List.of(), before, before);
        }
        plan = brake.before(plan, before);
        if (plan.steps().isEmpty()) {
            return new ServerResult(plan, List.of(), before, before);
        }
        String attempt = UUID.randomUUID().toString();
        try {
            if (!plan.keys().isEmpty()) {
                journal.append(plan.intent(clock.instant(), attempt));
            }
        } catch (StoreException e) {
            return new ServerResult(plan, notTried(plan, e), before, null);
        }
        ServerResult result;
        try {
            result = heal(plan, before, attempt, session, journal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ServerResult(plan, stopped(plan), before, null, attempt);
        }
        if (result.steps().stream().anyMatch(StepResult::tried)) {
            brake.ended(!result.failed());
        }
        return result;
    }

    private static ServerPlan only(ServerPlan plan, List<Step> approved) {
        return plan.with(
                plan.steps().stream()
                        .filter(step -> approved.stream().anyMatch(step::sameAs))
                        .toList(),
                plan.heldBack());
    }

    private ServerResult heal(ServerPlan plan, Facts before, String attempt, Session session, Journal log)
            throws InterruptedException {
        RemedyAnswer answer = apply(plan, session);
        Facts after = readAgain(plan.server().toAskAgain(), session);
        List<StepResult> steps;
        try {
            steps = CheckTask.inTime(
                    Deadline.after(limits.serverDeadline()), () -> Remedies.judge(plan, answer, before, after, policy));
        } catch (AnswerException e) {
            // It was begun, so that this is no server that was not reached.
            return ended(plan, Remedies.judge(plan, answer, before, null, policy), before, null, attempt, log);
        }
        return ended(plan, Remedies.keptOut(steps, plan.server().name(), history), before, after, attempt, log);
    }

    private ServerResult ended(
            ServerPlan plan,
            List<StepResult> results,
            Facts before,
            @Nullable Facts after,
            String attempt,
            Journal log) {
        List<StepResult> steps = results;
        try {
            if (!plan.keys().isEmpty()) {
                log.append(new JournalEntry.Done(
                        clock.instant(), attempt, plan.server().name(), ServerResult.told(steps)));
            }
        } catch (StoreException e) {
            // The intent stands in the journal without an end, and the next run looks at this server afresh.
            steps = steps.stream()
                    .map(step -> new StepResult(
                            step.step(), StepResult.Verdict.UNKNOWN, step.reason() + "; " + e.getMessage()))
                    .toList();
        }
        return new ServerResult(plan, steps, before, after, attempt);
    }

    /** Nothing when nobody can tell what the script has done; then the facts alone decide. */
    private @Nullable RemedyAnswer apply(ServerPlan plan, Session session) throws InterruptedException {
        Request.Remedy request = new Request.Remedy(
                plan.server().deployment().product(),
                plan.steps().stream().map(RemedyTask::asked).toList(),
                limits.startWait(),
                limits.settle(),
                false);
        // Once begun it gets the time that its services may take, whatever connecting and reading have used up.
        Deadline deadline = Deadline.after(request.longest().plus(limits.serverDeadline()));
        try {
            return RemedyAnswer.parse(script.run(request, session, deadline));
        } catch (RemotingException | AnswerException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Request.Step asked(Step step) {
        return new Request.Step(
                step.action().word(), step.target(), step.from(), step.to(), step.needs(), step.whatIf());
    }

    private @Nullable Facts readAgain(Server server, Session session) throws InterruptedException {
        try {
            return reading.read(server, session, Deadline.after(limits.serverDeadline()));
        } catch (RemotingException | AnswerException e) {
            return null;
        }
    }

    /** The intent stands in the journal without an end, and the next run looks at this server afresh. */
    private static List<StepResult> stopped(ServerPlan plan) {
        return plan.steps().stream()
                .map(step -> new StepResult(
                        step,
                        StepResult.Verdict.UNKNOWN,
                        "the run was stopped while this was under way; nobody has looked what came of it"))
                .toList();
    }

    private static List<StepResult> notTried(ServerPlan plan, StoreException why) {
        return plan.steps().stream()
                .map(step -> new StepResult(step, StepResult.Verdict.FAILED, "it was not tried: " + why.getMessage()))
                .toList();
    }
}
