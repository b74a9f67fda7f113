package dev.asrdoctor.cli.lab;

import dev.asrdoctor.cli.apart.LabRoom;
import dev.asrdoctor.cli.options.DurationConverter;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Interrupts;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.lab.Lab;
import dev.asrdoctor.lab.Scenarios;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "lab",
        description = LabRoom.LAB,
        footer = {"", "Then, in another window: asrdoctor check -i FILE"})
public final class LabCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "NAME|FILE",
            description = "A shipped scenario or a file (default: demo).")
    String scenario = "demo";

    @Option(
            names = "--inventory-out",
            paramLabel = "FILE",
            description = "Write a ready inventory here once every server listens.")
    @Nullable Path inventoryOut;

    @Option(names = "--servers", paramLabel = "N", description = "So many servers for each {1..N} of the scenario.")
    @Nullable Integer servers;

    @Option(
            names = "--remote-time",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "What a script takes on every server.")
    @Nullable Duration remoteTime;

    @Option(names = "--engine", paramLabel = "ENGINE", description = "model or pwsh, in place of the scenario's.")
    @Nullable String engine;

    @Option(names = "--list", description = "Name the shipped scenarios.")
    boolean list;

    @SuppressWarnings("NullAway.Init")
    public LabCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Scenarios.descriptions().forEach((name, description) -> out.printf("%-16s %s%n", name, description));
            return 0;
        }
        if (engine != null && !engine.equals("model") && !engine.equals("pwsh")) {
            throw new UsageException("--engine is model or pwsh, not '" + engine + "'");
        }
        Path inventory = inventoryOut == null ? Path.of("lab.yaml") : inventoryOut;
        try (Lab lab = Lab.start(
                Scenarios.source(scenario),
                scenario,
                new Lab.Options(servers, remoteTime, engine),
                password(edges),
                Clock.systemUTC())) {
            lab.writeInventory(inventory);
            out.println(lab.servers() + " simulated servers listen on 127.0.0.1. Inventory: " + inventory
                    + ". Stop with Ctrl-C.");
            out.flush();
            return Interrupts.run(() -> {
                new CountDownLatch(1).await();
                return 0;
            });
        } catch (InterruptedException stopped) {
            return 0;
        }
    }

    /** Random unless the environment gives one, so that nobody else on the machine can log on to the lab. */
    static String password(Edges edges) {
        String given = edges.environment().get("ASRDOCTOR_LAB_PASSWORD");
        return given != null && !given.isEmpty()
                ? given
                : "lab-" + HexFormat.of().toHexDigits(edges.random().nextLong());
    }
}
