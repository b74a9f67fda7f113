package dev.asrdoctor.cli.remedy;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.change.WindowStore;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.cli.options.OutputOptions;
import dev.asrdoctor.cli.options.Visits;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Failures;
import dev.asrdoctor.cli.terminal.Interrupts;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.cli.terminal.Version;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.probe.RemedyScript;
import dev.asrdoctor.remedy.Attempt;
import dev.asrdoctor.remedy.FleetGuardRails;
import dev.asrdoctor.remedy.Journal;
import dev.asrdoctor.remedy.JournalEntry;
import dev.asrdoctor.remedy.JournalException;
import dev.asrdoctor.remedy.RailLimits;
import dev.asrdoctor.remedy.Remediation;
import dev.asrdoctor.remedy.RemedyTask;
import dev.asrdoctor.remedy.RunBrake;
import dev.asrdoctor.remedy.SavedPlan;
import dev.asrdoctor.remedy.ServerPlan;
import dev.asrdoctor.remedy.ServerResult;
import dev.asrdoctor.remedy.Step;
import dev.asrdoctor.remedy.StepResult;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Reads, plans, lets the guard rails decide, does what is left on servers that are read anew, and looks again. */
public final class RemedyWork {
    private final Edges edges;
    private final Fleet fleet;
    private final Options options;
    private final PrintWriter err;
    private final Visits visits;
    private final RemedyView view;
    private final Instant startedAt;

    /**
     * How a remediation is run.
     *
     * @param changes the folder of change windows, whose servers are left alone
     * @param apply false: nothing is changed
     * @param planOut where the plan is kept, null where it is not
     * @param planIn the plan that alone may be done, null where there is none
     * @param within after this time no server is begun, null where the run has no end
     * @param logged whether it is told step by step, for a log that somebody reads while it runs
     */
    public record Options(
            Path journal,
            Path changes,
            boolean apply,
            @Nullable Path planOut,
            @Nullable Path planIn,
            @Nullable Duration within,
            boolean logged) {
        public static Options of(Path journal, boolean apply) {
            return new Options(journal, WindowStore.beside(journal), apply, null, null, null, false);
        }
    }

    /** @param summary one line of what was done and what was not */
    public record Ended(int code, String summary) {}

    public RemedyWork(Edges edges, Fleet fleet, Options options, OutputOptions output, CommandLine command) {
        this.edges = edges;
        this.fleet = fleet;
        this.options = options;
        this.err = command.getErr();
        this.visits = new Visits(edges, output.machineReadable(), err);
        this.view = new RemedyView(edges.terminal(), output, command.getOut());
        this.startedAt = edges.clock().instant();
    }

    public Ended run() throws Exception {
        if (!options.apply()) {
            return shown(plan(Journal.attempts(options.journal())));
        }
        try (Journal journal = Journal.open(options.journal(), edges.whoAndWhere())) {
            for (String intent : journal.openIntents()) {
                err.println("asrdoctor: an earlier run ended before it could tell how this went: " + intent
                        + "; what it left is read afresh now");
            }
            Remediation planned = plan(journal.attempts());
            if (Interrupts.wasStopped()) {
                err.println("asrdoctor: nothing was done; this is the plan as far as servers could be read for it");
                return shown(planned);
            }
            Remediation done = lookAgain(heal(planned, journal), journal);
            List<ServerReport> reports = view.result(done, fleet.policy(), runInfo());
            int code = done.failed()
                    ? ExitCode.REMEDY_FAILED.code()
                    : ExitCode.of(reports).code();
            String summary = done.summary(true) + RemedyView.why(reports);
            String broken = journal.broken();
            if (broken == null) {
                return ended(code, summary);
            }
            err.println("asrdoctor: " + broken);
            return ended(ExitCode.USAGE.code(), summary + "; " + broken);
        }
    }

    private Ended shown(Remediation plan) throws Exception {
        List<ServerReport> reports = view.plan(plan, fleet.policy(), runInfo());
        return ended(ExitCode.of(reports).code(), plan.summary(false) + RemedyView.why(reports));
    }

    private static Ended ended(int code, String summary) {
        return Interrupts.wasStopped()
                ? new Ended(Failures.INTERRUPTED, summary + "; it was stopped before its end")
                : new Ended(code, summary);
    }

    private Remediation plan(List<Attempt> history) throws Exception {
        Path planIn = options.planIn();
        SavedPlan approved = planIn == null ? null : SavedPlan.read(planIn, now());
        RemedyTask task = new RemedyTask(reading(), script(), fleet.policy(), fleet.limits(), edges.clock(), history);
        List<ServerResult> read = new ArrayList<>();
        List<Outcome<Facts>> before = new ArrayList<>();
        Map<String, Facts> facts = new LinkedHashMap<>();
        Set<String> unread = new TreeSet<>();
        log("reads " + Words.count(fleet.servers().size(), "server") + " for the plan");
        for (Outcome<ServerResult> visit : visits.visit(fleet, "planning", task)) {
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
        log(read.size() + " could be read" + (unread.isEmpty() ? "" : "; not: " + String.join(", ", unread)));
        FleetGuardRails rails = new FleetGuardRails(
                fleet.policy(),
                fleet.inventory().servers(),
                history,
                OpenWindows.read(options.changes(), now()),
                now());
        List<String> unknown = rails.unknownPartners();
        if (!unknown.isEmpty()) {
            err.println("asrdoctor: guardRails.notTogether names " + String.join(", ", unknown)
                    + ", which the inventory does not have; a name that is misspelt protects nobody");
        }
        if (!rails.toCome().isEmpty()) {
            err.println("asrdoctor: the journal tells of "
                    + Words.count(rails.toCome().size(), "attempt")
                    + " that are still to come (" + rails.toCome().getLast().at()
                    + "); a clock was wrong then, or is wrong now, and they do not count");
        }
        FleetGuardRails.Decision decision =
                rails.decide(read.stream().map(ServerResult::plan).toList(), facts, unread, brake().pulled());
        List<ServerResult> results = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            ServerPlan decided = decision.plans().get(i);
            Facts known = read.get(i).before();
            results.add(new ServerResult(
                    approved == null ? decided : approved.allows(decided, known), List.of(), known, null));
        }
        if (options.planOut() != null) {
            save(results, facts, options.planOut());
        }
        return new Remediation(results, before, before, decision.stopped());
    }

    private void save(List<ServerResult> results, Map<String, Facts> facts, Path file) throws UsageException {
        SavedPlan plan =
                SavedPlan.of(results.stream().map(ServerResult::plan).toList(), facts, now(), edges.whoAndWhere());
        try {
            plan.write(file);
        } catch (IOException e) {
            throw new UsageException("the plan could not be saved in " + file + ": " + FileTrouble.reason(e));
        }
        err.println("asrdoctor: the plan for " + Words.count(plan.servers().size(), "server") + " stands in " + file
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
                edges.clock(),
                journal,
                journal.attempts(),
                approved,
                brake());
        log("heals " + String.join(", ", approved.keySet()));
        Fleet chosen =
                fleet.named(approved.keySet()).atMostAtOnce(fleet.policy().get(RailLimits.HEALED_AT_ONCE));
        return planned.healed(visits.visit(chosen, "healing", task));
    }

    /** A service that came up may fall again; what fell is told, and the journal remembers it for the next run. */
    private Remediation lookAgain(Remediation healed, Journal journal) throws Exception {
        Duration wait = fleet.policy().get(RailLimits.SECOND_LOOK);
        Map<String, ServerResult> open = healed.worthASecondLook();
        if (open.isEmpty() || wait.isZero()) {
            return healed;
        }
        if (Interrupts.wasStopped()) {
            return notLookedAt(healed, open);
        }
        if (visits.watched()) {
            err.println("asrdoctor: looking again at " + Words.count(open.size(), "server") + " in "
                    + Words.duration(wait) + " (guardRails.secondLook)");
        }
        log("looks again at " + String.join(", ", open.keySet()) + " in " + Words.duration(wait));
        try {
            Interrupts.run(() -> {
                Thread.sleep(wait);
                return 0;
            });
        } catch (InterruptedException e) {
            err.println(Failures.STOPPED);
            return notLookedAt(healed, open);
        }
        Map<String, ServerResult> looked = new LinkedHashMap<>();
        for (Outcome<Facts> visit : visits.visit(fleet.named(open.keySet()), "looking again", reading()::read)) {
            ServerResult first = open.get(visit.server().name());
            if (first != null && visit instanceof Outcome.Done<Facts> done) {
                looked.put(done.server().name(), lookedAt(first, done.value(), journal));
            }
        }
        return healed.lookedAt(looked);
    }

    private Remediation notLookedAt(Remediation healed, Map<String, ServerResult> open) {
        err.println("asrdoctor: nobody has looked again at " + String.join(", ", open.keySet())
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
        } catch (JournalException e) {
            // Journal.broken ends the run with it.
        }
    }

    private RemedyTask.Reading reading() {
        return new RemedyTask.Reading(
                new FactsReader(edges.random(), edges.clock(), edges.redaction()),
                fleet.policy(),
                fleet.limits().serverDeadline(),
                fleet.inventory().servers());
    }

    private void log(String what) {
        if (options.logged()) {
            err.println(now().truncatedTo(ChronoUnit.SECONDS) + " " + what);
        }
    }

    private RemedyScript script() {
        return new RemedyScript(edges.random(), edges.redaction());
    }

    private RunBrake brake() {
        return new RunBrake(
                fleet.policy(),
                edges.clock(),
                options.within() == null ? null : startedAt.plus(options.within()),
                RunBrake.ChangeWindows.in(options.changes()));
    }

    private Instant now() {
        return edges.clock().instant();
    }

    private RunInfo runInfo() {
        return new RunInfo(Version.text(), startedAt, now());
    }
}
