package dev.asrdoctor.cli.lab;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.cli.apart.LabRoom;
import dev.asrdoctor.cli.check.CheckWork;
import dev.asrdoctor.cli.options.CheckOptions;
import dev.asrdoctor.cli.options.FleetOptions;
import dev.asrdoctor.cli.options.OutputOptions;
import dev.asrdoctor.cli.remedy.RemedyWork;
import dev.asrdoctor.cli.state.Stores;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.lab.Lab;
import dev.asrdoctor.lab.Scenarios;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.remedy.RailLimits;
import dev.asrdoctor.remedy.Remediate;
import dev.asrdoctor.report.model.Subject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "demo", description = LabRoom.DEMO)
public final class DemoCommand implements Callable<Integer> {
    /** Most of the demo's servers are ill on purpose, which the guard rails would take for a fault of something else. */
    private static final Policy DARING = Policy.DEFAULT
            .with(RailLimits.UNHEALTHY_STOPS, 100)
            .with(RailLimits.HEALED_OF_FLEET, 100)
            .with(RailLimits.HEALED_OF_SITE, 100)
            .with(RailLimits.HEALED_OF_DEPLOYMENT, 100)
            .with(RailLimits.FAILURES_STOP, 0)
            .with(RailLimits.SECOND_LOOK, Duration.ofSeconds(2));

    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Mixin
    OutputOptions output = new OutputOptions(Subject.CHECK);

    @Option(names = "--remediate", description = "Also start what has stopped, and show before and after.")
    boolean remediate;

    @SuppressWarnings("NullAway.Init")
    public DemoCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        Path folder = Files.createTempDirectory("asrdoctor-demo");
        try (Lab lab = Lab.start(
                Scenarios.source("demo"), "demo", Lab.Options.NONE, LabCommand.password(edges), Clock.systemUTC())) {
            Path inventory = folder.resolve("inventory.yaml");
            lab.writeInventory(inventory);
            if (!output.machineReadable()) {
                PrintWriter out = spec.commandLine().getOut();
                out.println(lab.servers() + " simulated servers are up on this machine; checking them over WinRM.");
                out.println();
                out.flush();
            }
            FleetOptions fleet = new FleetOptions();
            fleet.inventory = inventory;
            fleet.patterns = List.of();
            Fleet daring = fleet.load(edges).with(DARING);
            if (!remediate) {
                return new CheckWork(edges, output, spec.commandLine(), OpenWindows.NONE)
                        .check(daring, new CheckOptions().choice(), null);
            }
            Remediate.Options options = Remediate.Options.of(Stores.in(folder), true);
            return new RemedyWork(edges, daring, options, false, output, spec.commandLine())
                    .run()
                    .code();
        } finally {
            delete(folder);
        }
    }

    static void delete(Path folder) {
        try {
            Durable.delete(folder);
        } catch (IOException e) {
            // It stays in the system's folder for such files.
        }
    }
}
