package dev.asrdoctor.cli;

import dev.asrdoctor.check.Policy;
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
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.probe.RemedyScript;
import dev.asrdoctor.remedy.Journal;
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

    int remediate(FleetOptions.Fleet fleet, Path journalFile, boolean apply) throws Exception {
        if (!apply) {
            return remediate(fleet, (Journal) null);
        }
        try (Journal journal = Journal.open(journalFile)) {
            for (String intent : journal.openIntents()) {
                err.println("asrdoctor: an earlier run ended before it could tell how this went: " + intent
                        + "; what it left is read afresh now");
            }
            return remediate(fleet, journal);
        }
    }

    private int remediate(FleetOptions.Fleet fleet, @Nullable Journal journal) throws Exception {
        RemedyTask task = new RemedyTask(
                new FactsReader(edges.random(), edges.clock()),
                new RemedyScript(edges.random()),
                fleet.policy(),
                fleet.limits(),
                edges.clock(),
                journal);
        List<Outcome<ServerResult>> visits = visit(fleet, journal == null ? "planning" : "healing", task);
        List<ServerResult> results = new ArrayList<>();
        List<Outcome<Facts>> before = new ArrayList<>();
        List<Outcome<Facts>> after = new ArrayList<>();
        for (Outcome<ServerResult> visit : visits) {
            switch (visit) {
                case Outcome.Done<ServerResult> done -> {
                    ServerResult result = done.value();
                    results.add(result);
                    before.add(new Outcome.Done<>(done.server(), result.before()));
                    Facts latest = result.after();
                    after.add(new Outcome.Done<>(done.server(), latest == null ? result.before() : latest));
                }
                case Outcome.Failed<ServerResult> failed -> {
                    before.add(new Outcome.Failed<>(failed.server(), failed.trouble()));
                    after.add(new Outcome.Failed<>(failed.server(), failed.trouble()));
                }
            }
        }
        return journal == null
                ? showPlan(results, before, fleet.policy())
                : showResult(results, before, after, fleet.policy());
    }

    private int showPlan(List<ServerResult> results, List<Outcome<Facts>> before, Policy policy) throws IOException {
        List<ServerReport> reports = FleetCheck.judge(before, policy, SERVICES);
        List<ServerReport> unreached = unreached(reports);
        if (output.machineReadable()) {
            new RemedyJson().write(results, unreached, runInfo(), false, out);
        } else {
            if (!unreached.isEmpty()) {
                output.remaining(unreached, runInfo(), out, edges.terminal());
                out.println();
            }
            new RemedyText(output.palette(edges.terminal())).plan(results, out);
        }
        return ExitCode.of(reports).code();
    }

    private static List<ServerReport> unreached(List<ServerReport> reports) {
        return reports.stream().filter(report -> !report.reached()).toList();
    }

    private int showResult(
            List<ServerResult> results, List<Outcome<Facts>> before, List<Outcome<Facts>> after, Policy policy)
            throws IOException {
        if (output.machineReadable()) {
            new RemedyJson().write(results, unreached(FleetCheck.judge(after, policy, SERVICES)), runInfo(), true, out);
        } else {
            RemedyText text = new RemedyText(output.palette(edges.terminal()));
            heading("What was done");
            text.result(results, out);
            heading("Before and after");
            text.beforeAndAfter(
                    FleetCheck.judge(before, policy, SERVICES), FleetCheck.judge(after, policy, SERVICES), out);
            heading("What remains");
            output.remaining(FleetCheck.judge(after, policy, SERVICES), runInfo(), out, edges.terminal());
        }
        return results.stream().anyMatch(ServerResult::failed)
                ? ExitCode.REMEDY_FAILED.code()
                : ExitCode.of(FleetCheck.judge(after, policy, SERVICES)).code();
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
