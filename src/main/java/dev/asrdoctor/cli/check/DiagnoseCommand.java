package dev.asrdoctor.cli.check;

import dev.asrdoctor.assess.Assess;
import dev.asrdoctor.assess.Assessed;
import dev.asrdoctor.assess.Choice;
import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.cli.options.FleetOptions;
import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.cli.options.PlannedOption;
import dev.asrdoctor.cli.state.Stores;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Onlooker;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.Knowledge;
import dev.asrdoctor.diagnosis.KnowledgeReader;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.KeptVisits;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Selection;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.json.DiagnosisJson;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.DiagnosisView;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "diagnose",
        description = "Name the root causes of what is wrong, how sure they are, and what to do first.",
        footer = {
            "",
            "One server is thought through step by step; its process server and configuration",
            "server are read too, since the cause may lie there. Exit codes are those of check."
        })
public final class DiagnoseCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Mixin
    FleetOptions fleet = new FleetOptions();

    @Option(names = "--facts", paramLabel = "DIR", description = "Diagnose saved facts; no server is contacted.")
    @Nullable Path savedFacts;

    @Option(names = "--causes", paramLabel = "FILE", description = "Further causes, or others in place of those known.")
    @Nullable Path causes;

    @Mixin
    PlannedOption planned = new PlannedOption();

    @Mixin
    Outputs output = new Outputs(Subject.DIAGNOSIS);

    @SuppressWarnings("NullAway.Init")
    public DiagnoseCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        Knowledge knowledge = causes == null ? KnowledgeReader.shipped() : KnowledgeReader.shippedWith(causes);
        Instant startedAt = edges.clock().instant();
        PrintWriter err = spec.commandLine().getErr();
        OpenWindows windows = planned.read(edges, fleet.inventory, startedAt, err);
        Assessed assessed;
        Set<String> asked;
        if (savedFacts != null) {
            List<Outcome<Facts>> visits =
                    KeptVisits.outcomes(Stores.facts(savedFacts).load());
            List<Server> servers = visits.stream().map(Outcome::server).toList();
            asked = names(Selection.choose(new Inventory(savedFacts, servers, Map.of(), List.of()), fleet.chosen())
                    .servers());
            assessed = Assess.kept(visits, fleet.rules().policy(), Choice.EVERYTHING.checks());
        } else {
            Fleet chosen = fleet.load(edges);
            asked = names(chosen.servers());
            assessed = new Assess(edges.controller(Onlooker.of(edges, err, output.machineReadable())))
                    .withRelated(chosen, Choice.EVERYTHING);
        }
        Diagnosis diagnosis = assessed.diagnosis(knowledge, asked.size() == 1 ? asked : Set.of())
                .about(asked);
        RunInfo run = edges.ended(startedAt, windows);
        DiagnosisView view = new DiagnosisView(diagnosis, windows);
        Document told = asked.size() == 1 ? view.one(asked.iterator().next()) : view.all();
        output.write(
                new Report(told, new DiagnosisJson(diagnosis, run)),
                spec.commandLine().getOut(),
                edges);
        return ExitCode.of(assessed.servers().stream()
                        .filter(report -> asked.contains(report.server().name()))
                        .toList())
                .code();
    }

    private static Set<String> names(List<Server> servers) {
        return servers.stream().map(Server::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
