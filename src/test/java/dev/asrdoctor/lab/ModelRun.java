package dev.asrdoctor.lab;

import dev.asrdoctor.assess.FleetCheck;
import dev.asrdoctor.assess.ProbePlan;
import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Profile;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.Trouble;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.lab.wsman.WireFault;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Simulated servers read and judged without a network between, at one instant, so that a busy machine shifts no clock. */
record ModelRun(List<Outcome<Facts>> visits, List<ServerReport> reports) {
    /** Enough for real scripts on a busy machine. */
    private static final Duration AMPLE = Duration.ofMinutes(10);

    /** @param folder where the inventory is written */
    static ModelRun of(List<SimServer> simulated, Path folder) throws Exception {
        return of(simulated, folder, new ModelEngine());
    }

    static ModelRun of(List<SimServer> simulated, Path folder, ScriptEngine engine) throws Exception {
        List<Lab.Reachable> reachable = new ArrayList<>();
        Map<String, SimServer> byName = new TreeMap<>();
        for (SimServer server : simulated) {
            reachable.add(new Lab.Reachable(server, 5985));
            byName.put(server.name(), server);
        }
        Path file = folder.resolve("inventory.yaml");
        LabInventory.write(file, reachable, "secret", "");
        Inventory inventory = InventoryLoader.load(file);
        Set<String> checks = CheckSelection.of(List.of(), List.of(), Profile.FULL);
        ProbePlan plan = new ProbePlan(checks, Policy.DEFAULT, Profile.FULL, AMPLE, inventory.servers());
        InstantSource clock = InstantSource.fixed(Instant.now());
        List<Outcome<Facts>> visits = new ArrayList<>();
        for (Server server : inventory.servers()) {
            SimServer known = byName.get(server.name());
            Optional<Trouble> trouble = trouble(known);
            if (trouble.isPresent()) {
                visits.add(new Outcome.Failed<>(server, trouble.get()));
                continue;
            }
            World world = WorldMaker.make(known, clock);
            Facts facts = new FactsReader(new Random(1), clock)
                    .read(server.name(), plan.of(server), session(world, engine), Deadline.after(AMPLE));
            visits.add(new Outcome.Done<>(server, facts));
        }
        return new ModelRun(List.copyOf(visits), FleetCheck.judge(visits, Policy.DEFAULT, checks));
    }

    /** Why a server of the lab would never be read, as far as its scenario says so for good. */
    private static Optional<Trouble> trouble(SimServer server) {
        if (server.unreachable()) {
            return Optional.of(new Trouble(
                    "tcp",
                    "connect-refused",
                    "port 5985 refuses connections",
                    "The host is up, but WinRM is stopped or listens on another port."));
        }
        if (server.wrongPassword()) {
            return Optional.of(
                    Trouble.of(new RemotingFailure.LogonFailed("LAB\\asrdoctor", "ntlm", false, Optional.empty())));
        }
        boolean silent = server.wire().rules().stream().anyMatch(rule -> rule.fault() instanceof WireFault.Silence);
        return silent
                ? Optional.of(Trouble.of(new RemotingFailure.ConnectTimedOut(5985, Duration.ofSeconds(10))))
                : Optional.empty();
    }

    static Session session(World world) {
        return session(world, new ModelEngine());
    }

    static Session session(World world, ScriptEngine engine) {
        return new Session() {
            @Override
            public Output run(String script, Deadline deadline) throws InterruptedException {
                long begun = System.nanoTime();
                world.scriptBegins();
                ScriptResult result =
                        engine.run(world, PowerShellCommand.LINE, script.getBytes(StandardCharsets.US_ASCII));
                return new Output(
                        result.stdout(),
                        result.stderr(),
                        result.exitCode(),
                        Duration.ofNanos(System.nanoTime() - begun));
            }

            @Override
            public void close() {}
        };
    }
}
