package dev.asrdoctor.cli;

import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.FactsFolder;
import dev.asrdoctor.fleet.FleetCheck;
import dev.asrdoctor.fleet.FleetRun;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Selection;
import dev.asrdoctor.inventory.SelectionException;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.RunInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
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
final class CheckCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Mixin
    FleetOptions fleet = new FleetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(names = "--save-facts", paramLabel = "DIR", description = "Keep what was read, one JSON file a server.")
    @Nullable Path saveFacts;

    @Option(names = "--facts", paramLabel = "DIR", description = "Judge saved facts; no server is contacted.")
    @Nullable Path savedFacts;

    @SuppressWarnings("NullAway.Init")
    CheckCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        Instant startedAt = edges.clock().instant();
        PrintWriter out = spec.commandLine().getOut();
        if (savedFacts != null) {
            List<Outcome<Facts>> visits = select(savedFacts, new FactsFolder(savedFacts).load());
            return report(visits, fleet.rules().policy(), startedAt, out);
        }
        FleetOptions.Fleet chosen = fleet.load(edges);
        FleetRun run = FleetOptions.start(chosen, edges);
        List<Outcome<Facts>> visits = Interrupts.run(() ->
                read(run, chosen.servers(), edges, output, spec.commandLine().getErr()));
        int code = report(visits, chosen.policy(), startedAt, out);
        if (saveFacts != null) {
            save(visits, saveFacts);
        }
        return code;
    }

    static List<Outcome<Facts>> read(
            FleetRun run, List<Server> servers, Edges edges, OutputOptions output, PrintWriter err)
            throws InterruptedException {
        FactsReader reader = new FactsReader(edges.random(), edges.clock());
        boolean shown = edges.terminal().progress() && !output.machineReadable();
        try (Progress progress = new Progress(err, shown, "checking", servers.size(), System::nanoTime)) {
            return run.run(
                    servers,
                    (server, session, deadline) -> reader.read(server.name(), session, deadline),
                    visit -> progress.finished(visit instanceof Outcome.Done));
        }
    }

    private int report(List<Outcome<Facts>> visits, Policy policy, Instant startedAt, PrintWriter out)
            throws IOException {
        List<ServerReport> servers = FleetCheck.judge(visits, policy);
        RunInfo run = new RunInfo(Version.text(), startedAt, edges.clock().instant());
        output.write(servers, run, out, edges.terminal());
        return ExitCode.of(servers).code();
    }

    private List<Outcome<Facts>> select(Path folder, List<Outcome<Facts>> visits) throws SelectionException {
        List<Server> servers = visits.stream().map(Outcome::server).toList();
        Set<String> chosen = new HashSet<>();
        Selection.select(new Inventory(folder, servers, Map.of(), List.of()), fleet.patterns)
                .forEach(server -> chosen.add(server.name()));
        return visits.stream()
                .filter(visit -> chosen.contains(visit.server().name()))
                .toList();
    }

    private static void save(List<Outcome<Facts>> visits, Path folder) throws UsageException {
        try {
            new FactsFolder(folder).save(visits);
        } catch (IOException e) {
            throw new UsageException("the facts could not be saved in " + folder + ": " + e.getMessage()
                    + "; files that were there before are as they were");
        }
    }
}
