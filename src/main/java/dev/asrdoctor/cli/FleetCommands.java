package dev.asrdoctor.cli;

import dev.asrdoctor.change.ChangeException;
import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.change.WindowStore;
import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.PolicySettings;
import dev.asrdoctor.check.RunPolicy;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Words;
import dev.asrdoctor.diagnosis.KnowledgeReader;
import dev.asrdoctor.facts.Cost;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.FactsFolder;
import dev.asrdoctor.fleet.FleetCheck;
import dev.asrdoctor.fleet.FleetDiagnosis;
import dev.asrdoctor.fleet.FleetRun;
import dev.asrdoctor.fleet.LoadHistory;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.ProbePlan;
import dev.asrdoctor.fleet.RemedyTask;
import dev.asrdoctor.fleet.ServerTask;
import dev.asrdoctor.fleet.Trouble;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.probe.RemedyScript;
import dev.asrdoctor.remedy.Attempt;
import dev.asrdoctor.remedy.FleetGuardRails;
import dev.asrdoctor.remedy.HeldBack;
import dev.asrdoctor.remedy.Journal;
import dev.asrdoctor.remedy.JournalEntry;
import dev.asrdoctor.remedy.JournalException;
import dev.asrdoctor.remedy.Remedies;
import dev.asrdoctor.remedy.Remedy;
import dev.asrdoctor.remedy.RunBrake;
import dev.asrdoctor.remedy.SavedPlan;
import dev.asrdoctor.remedy.ServerPlan;
import dev.asrdoctor.remedy.ServerResult;
import dev.asrdoctor.remedy.Step;
import dev.asrdoctor.remedy.StepResult;
import dev.asrdoctor.remoting.Wait;
import dev.asrdoctor.report.CostText;
import dev.asrdoctor.report.DiagnosisText;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.RemedyJson;
import dev.asrdoctor.report.RemedyText;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.WaitText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What check, remediate and demo do alike. */
final class FleetCommands {
    private final Edges edges;
    private final OutputOptions output;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Instant startedAt;
    private OpenWindows planned = OpenWindows.NONE;

    FleetCommands(Edges edges, OutputOptions output, CommandLine command) {
        this.edges = edges;
        this.output = output;
        this.out = command.getOut();
        this.err = command.getErr();
        this.startedAt = edges.clock().instant();
    }

    /** Whose trouble is expected; one that cannot be told is no reason not to check. */
    void planned(Path changes) {
        if (!Files.exists(changes) && !changes.equals(Path.of(WindowStore.FOLDER))) {
            err.println("asrdoctor: nothing is marked as planned: there is no folder " + changes);
        }
        try {
            planned = OpenWindows.read(changes, startedAt);
        } catch (ChangeException e) {
            err.println("asrdoctor: nothing is marked as planned: " + e.getMessage());
        }
    }

    int check(FleetOptions.Fleet fleet, CheckOptions.Choice choice, @Nullable Path saveFacts) throws Exception {
        List<Outcome<Facts>> visits = read(fleet, choice);
        if (saveFacts != null) {
            visits = LoadHistory.add(visits, new FactsFolder(saveFacts));
        }
        int code = report(visits, fleet.policy(), choice.checks());
        if (saveFacts != null) {
            save(visits, saveFacts);
        }
        return code;
    }

    /** What every server of the fleet tells. */
    List<Outcome<Facts>> read(FleetOptions.Fleet fleet, CheckOptions.Choice choice) throws Exception {
        FactsReader reader = new FactsReader(edges.random(), edges.clock(), edges.redaction());
        ProbePlan plan = new ProbePlan(
                choice.checks(),
                fleet.policy(),
                choice.profile(),
                fleet.limits().serverDeadline(),
                fleet.inventory().servers());
        return visit(
                fleet,
                "checking",
                (server, session, deadline) -> reader.read(server.name(), plan.of(server), session, deadline));
    }

    /** Judges what was read and shows it. */
    int report(List<Outcome<Facts>> visits, Policy policy, Set<String> checks) throws IOException {
        List<ServerReport> servers = FleetCheck.judge(visits, policy, checks);
        output.write(servers, runInfo(), out, edges.terminal());
        if (output.text()) {
            new DiagnosisText(output.palette(edges.terminal()), ZoneId.systemDefault(), planned)
                    .ranking(FleetDiagnosis.of(servers, visits, KnowledgeReader.shipped(), Set.of()), out);
        }
        if (output.verboseText()) {
            CostText.write(costs(visits), out);
            WaitText.write(waits(visits), out);
        }
        return ExitCode.of(servers).code();
    }

    private static Map<String, List<String>> waits(List<Outcome<Facts>> visits) {
        Map<String, List<String>> waits = new LinkedHashMap<>();
        for (Outcome<Facts> visit : visits) {
            if (visit instanceof Outcome.Done<Facts> done && !done.waits().isEmpty()) {
                waits.put(
                        done.server().name(),
                        done.waits().stream().map(Wait::words).toList());
            }
        }
        return waits;
    }

    private static Map<String, Cost> costs(List<Outcome<Facts>> visits) {
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (Outcome<Facts> visit : visits) {
            if (visit instanceof Outcome.Done<Facts> done && done.value().cost() != null) {
                costs.put(done.server().name(), done.value().cost());
            }
        }
        return costs;
    }

    /**
     * How a remediation is run.
     *
     * @param changes the folder of change windows, whose servers are left alone
     * @param apply false: nothing is changed
     * @param planOut where the plan is kept, null where it is not
     * @param planIn the plan that alone may be done, null where there is none
     * @param within after this time no server is begun, null where the run has no end
     */
    record RemedyOptions(
            Path journal,
            Path changes,
            boolean apply,
            @Nullable Path planOut,
            @Nullable Path planIn,
            @Nullable Duration within) {
        static RemedyOptions of(Path journal, boolean apply) {
            return new RemedyOptions(journal, WindowStore.beside(journal), apply, null, null, null);
        }
    }

    /** @param summary one line of what was done and what was not */
    record Ended(int code, String summary) {}

    /** Reads, plans, lets the guard rails decide, and where told does what is left on servers that are read anew. */
    Ended remediate(FleetOptions.Fleet fleet, RemedyOptions options) throws Exception {
        if (!options.apply()) {
            return showPlan(plan(fleet, options, Journal.attempts(options.journal())), fleet.policy());
        }
        try (Journal journal = Journal.open(options.journal(), edges.whoAndWhere())) {
            for (String intent : journal.openIntents()) {
                err.println("asrdoctor: an earlier run ended before it could tell how this went: " + intent
                        + "; what it left is read afresh now");
            }
            Remediation planned = plan(fleet, options, journal.attempts());
            Remediation healed = heal(fleet, planned, journal, options);
            return showResult(lookAgain(fleet, healed, journal), fleet.policy());
        }
    }

    /**
     * What is to be done, has been done, and is held back.
     *
     * @param before what was read for the plan
     * @param after what is known now
     * @param stopped why nothing at all is done, null where something may be
     */
    private record Remediation(
            List<ServerResult> results,
            List<Outcome<Facts>> before,
            List<Outcome<Facts>> after,
            @Nullable String stopped) {}

    private Remediation plan(FleetOptions.Fleet fleet, RemedyOptions options, List<Attempt> history) throws Exception {
        Path planIn = options.planIn();
        SavedPlan approved =
                planIn == null ? null : SavedPlan.read(planIn, edges.clock().instant());
        RemedyTask task = new RemedyTask(
                reading(fleet),
                new RemedyScript(edges.random(), edges.redaction()),
                fleet.policy(),
                fleet.limits(),
                edges.clock());
        List<ServerResult> read = new ArrayList<>();
        List<Outcome<Facts>> before = new ArrayList<>();
        Map<String, Facts> facts = new LinkedHashMap<>();
        Set<String> unread = new TreeSet<>();
        for (Outcome<ServerResult> visit : visit(fleet, "planning", task)) {
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
        FleetGuardRails.Decision decision = new FleetGuardRails(
                        fleet.policy(),
                        fleet.inventory().servers(),
                        history,
                        OpenWindows.read(options.changes(), edges.clock().instant()),
                        edges.clock().instant())
                .decide(
                        read.stream().map(ServerResult::plan).toList(),
                        facts,
                        unread,
                        brake(fleet, options).pulled());
        List<ServerResult> results = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            ServerPlan decided = decision.plans().get(i);
            results.add(new ServerResult(
                    approved == null
                            ? decided
                            : approved.allows(decided, read.get(i).before()),
                    List.of(),
                    read.get(i).before(),
                    null));
        }
        Path planOut = options.planOut();
        if (planOut != null) {
            save(
                    SavedPlan.of(
                            results.stream().map(ServerResult::plan).toList(),
                            facts,
                            edges.clock().instant(),
                            edges.whoAndWhere()),
                    planOut);
        }
        return new Remediation(results, before, before, decision.stopped());
    }

    private void save(SavedPlan plan, Path file) throws UsageException {
        try {
            plan.write(file);
        } catch (IOException e) {
            throw new UsageException("the plan could not be saved in " + file + ": " + Failures.words(e));
        }
        err.println("asrdoctor: the plan for " + plan.servers().size()
                + (plan.servers().size() == 1 ? " server" : " servers") + " stands in " + file
                + "; once it is approved: asrdoctor remediate --apply --plan-in " + file);
    }

    private RunBrake brake(FleetOptions.Fleet fleet, RemedyOptions options) {
        return new RunBrake(
                fleet.policy(),
                edges.clock(),
                options.within() == null ? null : startedAt.plus(options.within()),
                RunBrake.ChangeWindows.in(options.changes()));
    }

    private Remediation heal(FleetOptions.Fleet fleet, Remediation planned, Journal journal, RemedyOptions options)
            throws Exception {
        Map<String, List<Step>> approved = new LinkedHashMap<>();
        planned.results().stream()
                .filter(result -> !result.plan().steps().isEmpty())
                .forEach(result -> approved.put(
                        result.plan().server().name(), result.plan().steps()));
        if (approved.isEmpty()) {
            return planned;
        }
        RunBrake brake = brake(fleet, options);
        RemedyTask task = new RemedyTask(
                reading(fleet),
                new RemedyScript(edges.random(), edges.redaction()),
                fleet.policy(),
                fleet.limits(),
                edges.clock(),
                journal,
                approved,
                brake);
        RunPolicy limits = fleet.limits();
        FleetOptions.Fleet chosen = new FleetOptions.Fleet(
                fleet.inventory(),
                fleet.servers().stream()
                        .filter(server -> approved.containsKey(server.name()))
                        .toList(),
                fleet.policy(),
                new RunPolicy(
                        Math.clamp(fleet.policy().get(PolicySettings.HEALED_AT_ONCE), 1, limits.concurrency()),
                        limits.serverDeadline(),
                        limits.stopAfterLogonFailures(),
                        limits.startWait(),
                        limits.settle()));
        Map<String, Outcome<ServerResult>> healed = new LinkedHashMap<>();
        visit(chosen, "healing", task)
                .forEach(visit -> healed.put(visit.server().name(), visit));
        List<ServerResult> results = new ArrayList<>();
        for (ServerResult result : planned.results()) {
            Outcome<ServerResult> visit = healed.get(result.plan().server().name());
            results.add(
                    switch (visit) {
                        case null -> result;
                        case Outcome.Done<ServerResult> done -> merged(result, done.value());
                        case Outcome.Failed<ServerResult> failed -> notReached(result, failed.trouble());
                    });
        }
        List<Outcome<Facts>> after = new ArrayList<>();
        for (Outcome<Facts> before : planned.before()) {
            after.add(
                    switch (healed.get(before.server().name())) {
                        case null -> before;
                        case Outcome.Done<ServerResult> done -> {
                            Facts latest = done.value().after();
                            yield new Outcome.Done<>(
                                    done.server(), latest == null ? done.value().before() : latest);
                        }
                        case Outcome.Failed<ServerResult> failed ->
                            new Outcome.Failed<>(failed.server(), failed.trouble());
                    });
        }
        return new Remediation(results, planned.before(), after, planned.stopped());
    }

    /** A service that came up may fall again; what fell is told, and the journal remembers it for the next run. */
    private Remediation lookAgain(FleetOptions.Fleet fleet, Remediation healed, Journal journal) throws Exception {
        Duration wait = fleet.policy().get(PolicySettings.SECOND_LOOK);
        Map<String, ServerResult> open = new LinkedHashMap<>();
        healed.results().stream()
                .filter(ServerResult::worthASecondLook)
                .forEach(result -> open.put(result.plan().server().name(), result));
        if (open.isEmpty() || wait.isZero()) {
            return healed;
        }
        if (edges.terminal().progress() && !output.machineReadable()) {
            err.println("asrdoctor: looking again at " + counted(open.size(), "server") + " in " + Words.duration(wait)
                    + " (guardRails.secondLook)");
        }
        Thread.sleep(wait);
        RemedyTask.Reading reading = reading(fleet);
        FleetOptions.Fleet chosen = new FleetOptions.Fleet(
                fleet.inventory(),
                fleet.servers().stream()
                        .filter(server -> open.containsKey(server.name()))
                        .toList(),
                fleet.policy(),
                fleet.limits());
        Map<String, Facts> seen = new LinkedHashMap<>();
        for (Outcome<Facts> visit : visit(chosen, "looking again", reading::read)) {
            if (visit instanceof Outcome.Done<Facts> done) {
                seen.put(done.server().name(), done.value());
            }
        }
        List<ServerResult> results = new ArrayList<>();
        for (ServerResult result : healed.results()) {
            Facts latest = seen.get(result.plan().server().name());
            results.add(
                    open.containsKey(result.plan().server().name())
                            ? lookedAt(result, latest, fleet.policy(), journal)
                            : result);
        }
        List<Outcome<Facts>> after = healed.after().stream()
                .map(visit -> {
                    Facts latest = seen.get(visit.server().name());
                    return latest == null ? visit : new Outcome.Done<>(visit.server(), latest);
                })
                .toList();
        return new Remediation(results, healed.before(), after, healed.stopped());
    }

    private ServerResult lookedAt(ServerResult first, @Nullable Facts latest, Policy policy, Journal journal)
            throws JournalException {
        List<StepResult> steps = Remedies.lookAgain(first, latest, policy);
        String attempt = first.attempt();
        List<StepResult> changed = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).verdict() != first.steps().get(i).verdict()) {
                changed.add(steps.get(i));
            }
        }
        if (attempt != null && !changed.isEmpty()) {
            journal.append(new JournalEntry.Looked(
                    edges.clock().instant(), attempt, first.plan().server().name(), ServerResult.told(changed)));
        }
        return new ServerResult(first.plan(), steps, first.before(), latest == null ? first.after() : latest, attempt);
    }

    private RemedyTask.Reading reading(FleetOptions.Fleet fleet) {
        return new RemedyTask.Reading(
                new FactsReader(edges.random(), edges.clock(), edges.redaction()),
                fleet.policy(),
                fleet.limits().serverDeadline(),
                fleet.inventory().servers());
    }

    /** What a remediation can change, and what has to be known for it. */
    private static Set<String> judged(Policy policy) {
        Set<String> checks = new TreeSet<>(Remedy.checks(policy));
        checks.addAll(Set.of("deployment", "services.running", "services.start-type"));
        return checks;
    }

    /** What was held back before, and what came of the rest. */
    private static ServerResult merged(ServerResult planned, ServerResult healed) {
        List<HeldBack> held = new ArrayList<>(planned.plan().heldBack());
        healed.plan().heldBack().stream()
                .filter(other -> held.stream().noneMatch(known -> known.target().equals(other.target())))
                .forEach(held::add);
        return new ServerResult(
                healed.plan().with(healed.plan().steps(), held),
                healed.steps(),
                planned.before(),
                healed.after(),
                healed.attempt());
    }

    /** Between plan and act the server was lost: nothing was begun. */
    private static ServerResult notReached(ServerResult planned, Trouble trouble) {
        List<HeldBack> held = new ArrayList<>(planned.plan().heldBack());
        planned.plan()
                .steps()
                .forEach(step -> held.add(new HeldBack(
                        step.remedy(),
                        step.target(),
                        "not-reached",
                        "the server could not be read again: " + trouble.message())));
        return new ServerResult(planned.plan().with(List.of(), held), List.of(), planned.before(), null);
    }

    private Ended showPlan(Remediation plan, Policy policy) throws IOException {
        List<ServerReport> reports = FleetCheck.judge(plan.before(), policy, judged(policy));
        List<ServerReport> unreached = unreached(reports);
        if (output.machineReadable()) {
            new RemedyJson().write(plan.results(), unreached, runInfo(), false, plan.stopped(), out);
        } else {
            if (!unreached.isEmpty()) {
                output.remaining(unreached, runInfo(), out, edges.terminal());
                out.println();
            }
            new RemedyText(output.palette(edges.terminal())).plan(plan.results(), plan.stopped(), out);
        }
        return new Ended(ExitCode.of(reports).code(), summary(plan, false));
    }

    private static String summary(Remediation run, boolean applied) {
        long steps = run.results().stream()
                .mapToLong(result -> result.plan().steps().size())
                .sum();
        long healed = run.results().stream()
                .flatMap(result -> result.steps().stream())
                .filter(step -> step.verdict() == StepResult.Verdict.VERIFIED)
                .count();
        long failed = run.results().stream()
                .flatMap(result -> result.steps().stream())
                .filter(StepResult::failed)
                .count();
        long held = run.results().stream()
                .mapToLong(result -> result.plan().heldBack().size())
                .sum();
        return counted(run.before().size(), "server") + ", "
                + (applied
                        ? counted(healed, "step") + " done and verified, " + failed + " not healed"
                        : counted(steps, "step") + " would be done")
                + ", " + held + " held back" + (run.stopped() == null ? "" : "; nothing is done: " + run.stopped());
    }

    private static String counted(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static List<ServerReport> unreached(List<ServerReport> reports) {
        return reports.stream().filter(report -> !report.reached()).toList();
    }

    private Ended showResult(Remediation done, Policy policy) throws IOException {
        List<ServerReport> after = FleetCheck.judge(done.after(), policy, judged(policy));
        if (output.machineReadable()) {
            new RemedyJson().write(done.results(), unreached(after), runInfo(), true, done.stopped(), out);
        } else {
            RemedyText text = new RemedyText(output.palette(edges.terminal()));
            heading("What was done");
            text.result(done.results(), done.stopped(), out);
            heading("Before and after");
            text.beforeAndAfter(FleetCheck.judge(done.before(), policy, judged(policy)), after, judged(policy), out);
            heading("What remains");
            output.remaining(after, runInfo(), out, edges.terminal());
        }
        boolean failed = done.results().stream().anyMatch(ServerResult::failed);
        return new Ended(
                failed ? ExitCode.REMEDY_FAILED.code() : ExitCode.of(after).code(), summary(done, true));
    }

    private void heading(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(text.length()));
    }

    private <R> List<Outcome<R>> visit(FleetOptions.Fleet fleet, String verb, ServerTask<R> task) throws Exception {
        List<Server> servers = fleet.servers();
        boolean shown = edges.terminal().progress() && !output.machineReadable();
        FleetRun run = FleetOptions.start(fleet, edges);
        try (Progress progress = new Progress(err, shown, verb, servers.size(), System::nanoTime)) {
            return Interrupts.run(() ->
                    run.run(servers, task, visit -> progress.finished(visit instanceof Outcome.Done)));
        }
    }

    RunInfo runInfo() {
        return new RunInfo(Version.text(), startedAt, edges.clock().instant(), planned);
    }

    private static void save(List<Outcome<Facts>> visits, Path folder) throws UsageException {
        try {
            new FactsFolder(folder).save(visits);
        } catch (IOException e) {
            throw new UsageException("the facts could not be saved in " + folder + ": " + Failures.words(e)
                    + "; files that were there before are as they were");
        }
    }
}
