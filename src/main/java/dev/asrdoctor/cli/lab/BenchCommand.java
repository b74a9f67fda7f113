package dev.asrdoctor.cli.lab;

import dev.asrdoctor.assess.Assess;
import dev.asrdoctor.assess.Assessed;
import dev.asrdoctor.cli.apart.LabRoom;
import dev.asrdoctor.cli.options.CheckOptions;
import dev.asrdoctor.cli.options.DurationConverter;
import dev.asrdoctor.cli.options.FleetOptions;
import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Interrupts;
import dev.asrdoctor.cli.terminal.Onlooker;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Visits;
import dev.asrdoctor.inventory.Connection.Transport;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.report.BenchReport;
import dev.asrdoctor.report.BenchReport.Round;
import dev.asrdoctor.report.json.BenchJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.BenchView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "bench", description = LabRoom.BENCH)
public final class BenchCommand implements Callable<Integer> {
    private static final List<String> TRANSPORTS = List.of("http", "https", "winrm4j");

    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Option(names = "--servers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    int servers = 1000;

    @Option(
            names = "--remote-time",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "What a script takes on every server (default: 1s).")
    Duration remoteTime = Duration.ofSeconds(1);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "The last round is the warm one that counts (default: ${DEFAULT-VALUE}).")
    int rounds = 3;

    @Option(names = "--concurrency", paramLabel = "N", description = "Servers visited at the same time (default: 200).")
    int concurrency = 200;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "http (default) or https, or winrm4j for the servers of http, to compare.")
    String transport = "http";

    @Mixin
    CheckOptions choice = new CheckOptions();

    @Mixin
    Outputs output = new Outputs(Subject.BENCH);

    @SuppressWarnings("NullAway.Init")
    public BenchCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        if (servers < 1 || servers > 20_000 || rounds < 1 || concurrency < 1) {
            throw new UsageException("--servers is 1 to 20000, --rounds and --concurrency are at least 1");
        }
        choice.choice();
        output.check();
        if (!TRANSPORTS.contains(transport)) {
            throw new UsageException(
                    "unknown transport '" + transport + "' for the bench; known are " + String.join(", ", TRANSPORTS));
        }
        Path folder = Files.createTempDirectory("asrdoctor-bench");
        Path inventory = folder.resolve("inventory.yaml");
        try (LabProcess running = LabProcess.start(
                inventory,
                "--scenario",
                scenario(folder),
                "--servers",
                Integer.toString(servers),
                "--remote-time",
                remoteTime.toMillis() + "ms")) {
            return Interrupts.run(() -> measure(running, inventory));
        } finally {
            DemoCommand.delete(folder);
        }
    }

    /** The shipped one, or the same over HTTPS. */
    private String scenario(Path folder) throws IOException {
        if (!transport.equals("https")) {
            return "large";
        }
        Path file = folder.resolve("large-https.yaml");
        Files.writeString(file, """
                version: 1
                description: Healthy servers over HTTPS
                defaults: { transport: https }
                servers:
                  ps-{0001..1000}: {}
                """);
        return file.toString();
    }

    private int measure(LabProcess lab, Path inventory) throws Exception {
        FleetOptions options = new FleetOptions();
        options.inventory = inventory;
        options.concurrency = concurrency;
        List<Round> measured = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            measured.add(round(options));
        }
        lab.requireAlive();
        ProcessFigures all = ProcessFigures.now();
        BenchReport report =
                new BenchReport(servers, remoteTime, concurrency, measured, all.peakResidentMiB(), all.peakThreads());
        output.write(
                new Report(BenchView.of(report), new BenchJson(report)),
                spec.commandLine().getOut(),
                edges);
        return measured.getLast().healthy() == servers ? 0 : 3;
    }

    private Fleet through(Fleet fleet) {
        if (!transport.equals("winrm4j")) {
            return fleet;
        }
        List<Server> servers = fleet.servers().stream()
                .map(server -> server.with(server.connection().with(Transport.WINRM4J_HTTP)))
                .toList();
        return fleet.with(servers);
    }

    private Round round(FleetOptions options) throws Exception {
        ProcessFigures before = ProcessFigures.now();
        long startedAt = System.nanoTime();
        Fleet fleet = through(options.load(edges));
        FirstResult onlooker =
                new FirstResult(Onlooker.of(edges, spec.commandLine().getErr(), true));
        Assessed assessed = new Assess(edges.controller(onlooker)).fleet(fleet, choice.choice(), null);
        if (Interrupts.wasStopped()) {
            throw new InterruptedException(Visits.STOPPED);
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - startedAt);
        ProcessFigures after = ProcessFigures.now();
        return Round.of(
                wall,
                after.cpu().minus(before.cpu()),
                after.allocatedBytes() - before.allocatedBytes(),
                onlooker.after(),
                assessed.servers());
    }
}
