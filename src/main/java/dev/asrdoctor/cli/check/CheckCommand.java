package dev.asrdoctor.cli.check;

import dev.asrdoctor.assess.Assess;
import dev.asrdoctor.assess.Choice;
import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.cli.options.CheckOptions;
import dev.asrdoctor.cli.options.FleetOptions;
import dev.asrdoctor.cli.options.OutputOptions;
import dev.asrdoctor.cli.options.PlannedOption;
import dev.asrdoctor.cli.state.Stores;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.KeptVisits;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Selection;
import dev.asrdoctor.inventory.SelectionException;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.report.model.Subject;
import java.nio.file.Path;
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
        name = "check",
        description = "Check servers; changes nothing on them.",
        footer = {
            "",
            "Exit codes: 0 healthy, 1 problems found, 2 usage, configuration or a local file,",
            "3 something could not be checked (even if problems were found too)."
        })
public final class CheckCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Mixin
    FleetOptions fleet = new FleetOptions();

    @Mixin
    OutputOptions output = new OutputOptions(Subject.CHECK);

    @Mixin
    CheckOptions choice = new CheckOptions();

    @Option(names = "--save-facts", paramLabel = "DIR", description = "Keep what was read, one JSON file a server.")
    @Nullable Path saveFacts;

    @Option(names = "--facts", paramLabel = "DIR", description = "Judge saved facts; no server is contacted.")
    @Nullable Path savedFacts;

    @Mixin
    PlannedOption planned = new PlannedOption();

    @SuppressWarnings("NullAway.Init")
    public CheckCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        Choice checks = choice.choice();
        if (savedFacts != null) {
            return new CheckWork(edges, output, spec.commandLine(), OpenWindows.NONE)
                    .report(Assess.kept(
                            select(
                                    savedFacts,
                                    KeptVisits.outcomes(Stores.facts(savedFacts).load())),
                            fleet.rules().policy(),
                            checks.checks()));
        }
        OpenWindows windows = planned.read(
                edges,
                fleet.inventory,
                edges.clock().instant(),
                spec.commandLine().getErr());
        return new CheckWork(edges, output, spec.commandLine(), windows).check(fleet.load(edges), checks, saveFacts);
    }

    private List<Outcome<Facts>> select(Path folder, List<Outcome<Facts>> visits)
            throws SelectionException, ConfigException {
        List<Server> servers = visits.stream().map(Outcome::server).toList();
        Set<String> chosen =
                Selection.choose(new Inventory(folder, servers, Map.of(), List.of()), fleet.chosen()).servers().stream()
                        .map(Server::name)
                        .collect(Collectors.toSet());
        return visits.stream()
                .filter(visit -> chosen.contains(visit.server().name()))
                .toList();
    }
}
