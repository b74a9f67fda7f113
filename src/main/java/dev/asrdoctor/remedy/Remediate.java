package dev.asrdoctor.remedy;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.fleet.Controller;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.Visits;
import dev.asrdoctor.fleet.Watcher;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.probe.RemedyScript;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.Journal;
import dev.asrdoctor.store.JournalEntry;
import dev.asrdoctor.store.Journals;
import dev.asrdoctor.store.Store;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.Windows;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads, plans, lets the guard rails decide, does what is left on servers that are read anew, and looks again. */
public final class Remediate {
    private final Controller controller;
    private final Fleet fleet;
    private final Options options;
    private final Instant startedAt;

    /**
     * How a remediation is run.
     *
     * @param changes windows whose servers are left alone
     * @param apply false: nothing is changed
     * @param planOut where the plan is kept, null where it is not
     * @param planIn the plan that alone may be done, null where there is none
     * @param within after this time no server is begun, null where the run has no end
     */
    public record Options(
            Journals journal,
            Windows changes,
            boolean apply,
            @Nullable Path planOut,
            @Nullable Path planIn,
            @Nullable Duration within) {
        public static Options of(Store store, boolean apply) {
            return new Options(store.journal(), store.windows(), apply, null, null, null);
        }
    }

    /**
     * How it ended.
     *
     * @param applied false: this is the plan, and nothing was done
     * @param broken why the journal does not tell all of it, null where it does
     */
    public record Ended(
            Remediation remediation,
            boolean applied,
            @Nullable String broken) {}

    public Remediate(Controller controller, Fleet fleet, Options options) {
        this.controller = controller;
        this.fleet = fleet;
        this.options = options;
        this.startedAt = controller.clock().instant();
    }

    public Ended run() throws Exception {
        if (!options.apply()) {
            return new Ended(plan(options.journal().attempts()), false, null);
        }
        try (Journal journal = options.journal().open(controller.whoAndWhere())) {
            for (String intent : journal.openIntents()) {
                watcher()
                        .tell("an earlier run ended before it could tell how this went: " + intent
                                + "; what it left is read afresh now");
            }
            Remediation planned = plan(journal.attempts());
            if (watcher().stopped()) {
                watcher().tell("nothing was done; this is the plan as far as servers could be read for it");
                return new Ended(planned, false, null);
            }
            Remediation done = lookAgain(heal(planned, journal), journal);
            return new Ended(done, true, journal.broken());
        }
    }

    private Remediation plan(List<Attempt> history) throws Exception {
        Path planIn = options.planIn();
        SavedPlan approved = planIn == null ? null : SavedPlan.read(planIn, now());
        Known known = known(history);
        FleetGuardRails rails = new FleetGuardRails(
                fleet.policy(),
                fleet.inventory().servers(),
                history,
                OpenWindows.read(options.changes(), now()),
                now());
        tell(rails);
        FleetGuardRails.Decision decision = rails.decide(
                known.read().stream().map(ServerResult::plan).toList(),
                known.facts(),
                known.unread(),
                brake().pulled());
        List<ServerResult> results = new ArrayList<>();
        for (int i = 0; i < known.read().size(); i++) {
            ServerPlan decided = decision.plans().get(i);
            Facts facts = known.read().get(i).before();
            results.add(new ServerResult(
                    approved == null ? decided : approved.allows(decided, facts), List.of(), facts, null));
        }
        if (options.planOut() != null) {
            save(results, known.facts(), options.planOut());
        }
        return new Remediation(results, known.before(), known.before(), decision.stopped());
    }

    /** What was read for a plan; {@code before} in the order of the servers. */
    private record Known(
            List<ServerResult> read, List<Outcome<Facts>> before, Map<String, Facts> facts, Set<String> unread) {}

    private Known known(List<Attempt> history) throws Exception {
        RemedyTask task =
                new RemedyTask(reading(), script(), fleet.policy(), fleet.limits(), controller.clock(), history);
        List<ServerResult> read = new ArrayList<>();
        List<Outcome<Facts>> before = new ArrayList<>();
        Map<String, Facts> facts = new LinkedHashMap<>();
        Set<String> unread = new TreeSet<>();
        watcher().log("reads " + Words.count(fleet.servers().size(), "server") + " for the plan");
        for (Outcome<ServerResult> visit : new Visits(controller).visit(fleet, "planning", task)) {
            switch (visit) {
                case Outcome.Done<ServerResult> done -> {
                    read.add(done.value());
                    before.add(new Outcome.Done<>(done.server(), done.value().before()));
                    facts.put(done.server().name(), done.value().before());
                }
                case Outcome.Failed<ServerResult> failed -> {
                    before.add(new Outcome.Failed<>(failed.server(), failed.trouble()));
                    unread.add(failed.server().name());
                }
            }
        }
        watcher().log(read.size() + " could be read" + (unread.isEmpty() ? "" : "; not: " + String.join(", ", unread)));
        return new Known(read, before, facts, unread);
    }

    /** What somebody has to know of the rails themselves. */
    private void tell(FleetGuardRails rails) {
        List<String> unknown = rails.unknownPartners();
        if (!unknown.isEmpty()) {
            watcher()
                    .tell("guardRails.notTogether names " + String.join(", ", unknown)
                            + ", which the inventory does not have; a name that is misspelt protects nobody");
        }
        if (!rails.toCome().isEmpty()) {
            watcher()
                    .tell("the journal tells of "
                            + Words.count(rails.toCome().size(), "attempt")
                            + " that are still to come ("
                            + rails.toCome().getLast().at()
                            + "); a clock was wrong then, or is wrong now, and they do not count");
        }
    }

    private void save(List<ServerResult> results, Map<String, Facts> facts, Path file) throws PlanException {
        SavedPlan plan =
                SavedPlan.of(results.stream().map(ServerResult::plan).toList(), facts, now(), controller.whoAndWhere());
        try {
            plan.write(file);
        } catch (IOException e) {
            throw new PlanException("the plan could not be saved in " + file + ": " + FileTrouble.reason(e));
        }
        watcher()
                .tell("the plan for " + Words.count(plan.servers().size(), "server") + " stands in " + file
                        + "; once it is approved: asrdoctor remediate --apply --plan-in " + file);
    }

    private Remediation heal(Remediation planned, Journal journal) throws Exception {
        Map<String, List<Step>> approved = planned.approved();
        if (approved.isEmpty()) {
            return planned;
        }
        RemedyTask task = new RemedyTask(
                reading(),
                script(),
                fleet.policy(),
                fleet.limits(),
                controller.clock(),
                journal,
                journal.attempts(),
                approved,
                brake());
        watcher().log("heals " + String.join(", ", approved.keySet()));
        Fleet chosen =
                fleet.named(approved.keySet()).atMostAtOnce(fleet.policy().get(RailLimits.HEALED_AT_ONCE));
        return planned.healed(new Visits(controller).visit(chosen, "healing", task));
    }

    /** A service that came up may fall again; what fell is told, and the journal remembers it for the next run. */
    private Remediation lookAgain(Remediation healed, Journal journal) throws Exception {
        Duration wait = fleet.policy().get(RailLimits.SECOND_LOOK);
        Map<String, ServerResult> open = healed.worthASecondLook();
        if (open.isEmpty() || wait.isZero()) {
            return healed;
        }
        if (watcher().stopped()) {
            return notLookedAt(healed, open);
        }
        if (watcher().watches()) {
            watcher()
                    .tell("looking again at " + Words.count(open.size(), "server") + " in " + Words.duration(wait)
                            + " (guardRails.secondLook)");
        }
        watcher().log("looks again at " + String.join(", ", open.keySet()) + " in " + Words.duration(wait));
        try {
            watcher().stoppable(() -> {
                Thread.sleep(wait);
                return 0;
            });
        } catch (InterruptedException e) {
            watcher().tell(Visits.STOPPED);
            return notLookedAt(healed, open);
        }
        Map<String, ServerResult> looked = new LinkedHashMap<>();
        for (Outcome<Facts> visit :
                new Visits(controller).visit(fleet.named(open.keySet()), "looking again", reading()::read)) {
            ServerResult first = open.get(visit.server().name());
            if (first != null && visit instanceof Outcome.Done<Facts> done) {
                looked.put(done.server().name(), lookedAt(first, done.value(), journal));
            }
        }
        return healed.lookedAt(looked);
    }

    private Remediation notLookedAt(Remediation healed, Map<String, ServerResult> open) {
        watcher()
                .tell("nobody has looked again at " + String.join(", ", open.keySet())
                        + "; whether what was started stayed up is not known");
        return healed;
    }

    private ServerResult lookedAt(ServerResult first, Facts latest, Journal journal) {
        ServerResult second = first.lookedAt(latest, fleet.policy());
        List<StepResult> changed = second.toldOtherwise(first);
        String attempt = second.attempt();
        if (attempt != null && !changed.isEmpty()) {
            append(
                    new JournalEntry.Looked(
                            now(), attempt, second.plan().server().name(), ServerResult.told(changed)),
                    journal);
        }
        return second;
    }

    /** What was done and seen is told all the same; the journal tells at the end that it broke. */
    private static void append(JournalEntry looked, Journal journal) {
        try {
            journal.append(looked);
        } catch (StoreException e) {
            // Journal.broken ends the run with it.
        }
    }

    private RemedyTask.Reading reading() {
        return new RemedyTask.Reading(
                new FactsReader(controller.random(), controller.clock(), controller.redaction()),
                fleet.policy(),
                fleet.limits().serverDeadline(),
                fleet.inventory().servers());
    }

    private RemedyScript script() {
        return new RemedyScript(controller.random(), controller.redaction());
    }

    private RunBrake brake() {
        return new RunBrake(
                fleet.policy(),
                controller.clock(),
                options.within() == null ? null : startedAt.plus(options.within()),
                RunBrake.ChangeWindows.of(options.changes()));
    }

    private Watcher watcher() {
        return controller.watcher();
    }

    private Instant now() {
        return controller.clock().instant();
    }
}
