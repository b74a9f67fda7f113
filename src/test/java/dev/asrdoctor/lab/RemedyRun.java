package dev.asrdoctor.lab;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RunPolicy;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.probe.RemedyScript;
import dev.asrdoctor.remedy.Remedies;
import dev.asrdoctor.remedy.RemedyTask;
import dev.asrdoctor.remedy.RunBrake;
import dev.asrdoctor.remedy.ServerPlan;
import dev.asrdoctor.remedy.ServerResult;
import dev.asrdoctor.remedy.StepResult;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.store.Journal;
import dev.asrdoctor.store.file.FileJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One simulated server healed without a network between. */
final class RemedyRun {
    private static final RunPolicy LIMITS =
            new RunPolicy(5, Duration.ofSeconds(60), 2, Duration.ofSeconds(2), Duration.ZERO);

    private final World world;
    private final Session session;
    private final Server server;
    private final Policy policy;
    private final RemedyTask.Reading reading;

    private RemedyRun(World world, Session session, Server server, Policy policy) {
        this.world = world;
        this.session = session;
        this.server = server;
        this.policy = policy;
        this.reading = new RemedyTask.Reading(
                new FactsReader(new Random(1), InstantSource.system()),
                policy,
                LIMITS.serverDeadline(),
                List.of(server));
    }

    static RemedyRun of(SimServer simulated, Policy policy, ScriptEngine engine) throws Exception {
        Path folder = Files.createTempDirectory("asrdoctor-remedy");
        Path file = folder.resolve("inventory.yaml");
        LabInventory.write(file, List.of(new Lab.Reachable(simulated, 5985)), "secret", "");
        Inventory inventory = InventoryLoader.load(file);
        World world = WorldMaker.make(simulated, InstantSource.system());
        return new RemedyRun(
                world, ModelRun.session(world, engine), inventory.servers().getFirst(), policy);
    }

    World world() {
        return world;
    }

    Facts read() throws Exception {
        return reading.read(server, session, Deadline.after(LIMITS.serverDeadline()));
    }

    ServerPlan plan() throws Exception {
        return new RemedyTask(
                        reading, new RemedyScript(new Random(2)), policy, LIMITS, InstantSource.system(), List.of())
                .run(server, session, Deadline.after(LIMITS.serverDeadline()))
                .plan();
    }

    ServerResult heal(ServerPlan plan, Path journal) throws Exception {
        try (Journal log = FileJournal.open(journal, "a test")) {
            return new RemedyTask(
                            reading,
                            new RemedyScript(new Random(3)),
                            policy,
                            LIMITS,
                            InstantSource.system(),
                            log,
                            log.attempts(),
                            Map.of(server.name(), plan.steps()),
                            new RunBrake(policy, InstantSource.system(), null, now -> OpenWindows.NONE))
                    .run(server, session, Deadline.after(LIMITS.serverDeadline()));
        }
    }

    List<StepResult> lookAgain(ServerResult first) throws Exception {
        return Remedies.lookAgain(first, read(), policy);
    }
}
