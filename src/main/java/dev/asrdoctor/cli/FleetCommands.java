package dev.asrdoctor.cli;

import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.PolicySettings;
import dev.asrdoctor.check.RunPolicy;
import dev.asrdoctor.check.ServerReport;
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
import dev.asrdoctor.remedy.RunBrake;
import dev.asrdoctor.remedy.ServerPlan;
import dev.asrdoctor.remedy.ServerResult;
import dev.asrdoctor.report.CostText;
import dev.asrdoctor.report.DiagnosisText;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.RemedyJson;
import dev.asrdoctor.report.RemedyText;
import dev.asrdoctor.report.RunInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What check, remediate and demo do alike. */
final class FleetCommands {
    /** What a remediation can change, and what has to be known for it. */
    private static final Set<String> SERVICES = Set.of("deployment", "services.running", "services.start-type");

    private final Edges edges;
    private final OutputOptions output;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Instant startedAt;

    FleetCommands(Edges edges, OutputOptions output, CommandLine command) {
        this.edges = edges;
        this.output = output;
        this.out = command.getOut();
        this.err = command.getErr();
        this.startedAt = edges.clock().instant();
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
        FactsReader reader = new FactsReader(edges.random(), edges.clock());
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
            new DiagnosisText(output.palette(edges.terminal()), ZoneId.systemDefault())
                    .ranking(FleetDiagnosis.of(servers, visits, KnowledgeReader.shipped(), Set.of()), out);
        }
        if (output.verboseText()) {
            CostText.write(costs(visits), out);
        }
        return ExitCode.of(servers).code();
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
     * Reads, plans, lets the guard rails decide, and with {@code apply} does what is left on servers that are read anew.
     *
     * @param apply false: nothing is changed
     */
    int remediate(FleetOptions.Fleet fleet, Path journalFile, boolean apply) throws Exception {
        if (!apply) {
            return showPlan(plan(fleet, Journal.attempts(journalFile)), fleet.policy());
        }
        try (Journal journal = Journal.open(journalFile)) {
            for (String intent : journal.openIntents()) {
                err.println("asrdoctor: an earlier run ended before it could tell how this went: " + intent
                        + "; what it left is read afresh now");
            }
            return showResult(heal(fleet, plan(fleet, Journal.attempts(journalFile)), journal), fleet.policy());
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

    private Remediation plan(FleetOptions.Fleet fleet, List<Attempt> history) throws Exception {
        RemedyTask task = new RemedyTask(
                new FactsReader(edges.random(), edges.clock()),
                new RemedyScript(edges.random()),
                fleet.policy(),
                fleet.limits(),
                edges.clock());
        List<ServerResult> read = new ArrayList<>();
        List<Outcome<Facts>> before = new ArrayList<>();
        Map<String, Facts> facts = new LinkedHashMap<>();
        for (Outcome<ServerResult> visit : visit(fleet, "planning", task)) {
            switch (visit) {
                case Outcome.Done<ServerResult> done -> {
                    read.add(done.value());
                    before.add(new Outcome.Done<>(done.server(), done.value().before()));
                    facts.put(done.server().name(), done.value().before());
                }
                case Outcome.Failed<ServerResult> failed ->
                    before.add(new Outcome.Failed<>(failed.server(), failed.trouble()));
            }
        }
        FleetGuardRails.Decision decision = new FleetGuardRails(
                        fleet.policy(),
                        fleet.inventory().servers(),
                        history,
                        edges.clock().instant())
                .decide(
                        read.stream().map(ServerResult::plan).toList(),
                        facts,
                        before.size() - read.size(),
                        brake(fleet).pulled());
        List<ServerResult> results = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            results.add(new ServerResult(
                    decision.plans().get(i), List.of(), read.get(i).before(), null));
        }
        return new Remediation(results, before, before, decision.stopped());
    }

    private static RunBrake brake(FleetOptions.Fleet fleet) {
        return new RunBrake(
                Path.of(fleet.policy().get(PolicySettings.KILL_SWITCH)),
                fleet.policy().get(PolicySettings.FAILURES_STOP));
    }

    private Remediation heal(FleetOptions.Fleet fleet, Remediation planned, Journal journal) throws Exception {
        Map<String, Set<String>> approved = new LinkedHashMap<>();
        planned.results().stream()
                .filter(result -> !result.plan().steps().isEmpty())
                .forEach(result -> approved.put(
                        result.plan().server().name(), Set.copyOf(result.plan().services())));
        if (approved.isEmpty()) {
            return planned;
        }
        RunBrake brake = brake(fleet);
        RemedyTask task = new RemedyTask(
                new FactsReader(edges.random(), edges.clock()),
                new RemedyScript(edges.random()),
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

    /** What was held back before, and what came of the rest. */
    private static ServerResult merged(ServerResult planned, ServerResult healed) {
        List<HeldBack> held = new ArrayList<>(planned.plan().heldBack());
        healed.plan().heldBack().stream()
                .filter(other ->
                        held.stream().noneMatch(known -> known.service().equals(other.service())))
                .forEach(held::add);
        return new ServerResult(
                new ServerPlan(healed.plan().server(), healed.plan().steps(), List.copyOf(held)),
                healed.steps(),
                planned.before(),
                healed.after());
    }

    /** Between plan and act the server was lost: nothing was begun. */
    private static ServerResult notReached(ServerResult planned, Trouble trouble) {
        List<HeldBack> held = new ArrayList<>(planned.plan().heldBack());
        planned.plan()
                .services()
                .forEach(service -> held.add(new HeldBack(
                        service, "not-reached", "the server could not be read again: " + trouble.message())));
        return new ServerResult(
                new ServerPlan(planned.plan().server(), List.of(), List.copyOf(held)),
                List.of(),
                planned.before(),
                null);
    }

    private int showPlan(Remediation plan, Policy policy) throws IOException {
        List<ServerReport> reports = FleetCheck.judge(plan.before(), policy, SERVICES);
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
        return ExitCode.of(reports).code();
    }

    private static List<ServerReport> unreached(List<ServerReport> reports) {
        return reports.stream().filter(report -> !report.reached()).toList();
    }

    private int showResult(Remediation done, Policy policy) throws IOException {
        List<ServerReport> after = FleetCheck.judge(done.after(), policy, SERVICES);
        if (output.machineReadable()) {
            new RemedyJson().write(done.results(), unreached(after), runInfo(), true, done.stopped(), out);
        } else {
            RemedyText text = new RemedyText(output.palette(edges.terminal()));
            heading("What was done");
            text.result(done.results(), done.stopped(), out);
            heading("Before and after");
            text.beforeAndAfter(FleetCheck.judge(done.before(), policy, SERVICES), after, out);
            heading("What remains");
            output.remaining(after, runInfo(), out, edges.terminal());
        }
        return done.results().stream().anyMatch(ServerResult::failed)
                ? ExitCode.REMEDY_FAILED.code()
                : ExitCode.of(after).code();
    }

    private void heading(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(text.length()));
    }

    private <R> List<Outcome<R>> visit(FleetOptions.Fleet fleet, String verb, ServerTask<R> task) throws Exception {
        List<Server> servers = fleet.servers();
        boolean shown = edges.terminal().progress() && !output.machineReadable();
        try (FleetRun run = FleetOptions.start(fleet, edges);
                Progress progress = new Progress(err, shown, verb, servers.size(), System::nanoTime)) {
            return Interrupts.run(() ->
                    run.run(servers, task, visit -> progress.finished(visit instanceof Outcome.Done)));
        }
    }

    RunInfo runInfo() {
        return new RunInfo(Version.text(), startedAt, edges.clock().instant());
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
