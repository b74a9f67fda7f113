package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.Profile;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.FleetCheck;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.ProbePlan;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.testing.Peers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each shipped scenario of a step of the article has exactly the findings that src/test/resources/findings says. */
class StepScenariosTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deployments",
                "practices",
                "health",
                "heartbeat",
                "clocks",
                "antivirus",
                "sources",
                "transport",
                "uploads",
                "mars-logs",
                "firewalls",
                "proxies",
                "bandwidth",
            })
    void findsExactlyWhatIsWrong(String scenario) throws Exception {
        StringBuilder found = new StringBuilder();
        reports(scenario).forEach(report -> {
            found.append(report.server().name()).append('\n');
            report.findings().stream()
                    .filter(finding -> finding.status() != Status.PASS && finding.status() != Status.SKIPPED)
                    .forEach(finding -> found.append("  ").append(line(finding)).append('\n'));
        });
        Path expected = Peers.project("src/test/resources/findings/" + scenario + ".txt");
        if ("write".equals(System.getProperty("findings"))) {
            Files.createDirectories(expected.getParent());
            Files.writeString(expected, found);
        }
        assertThat(found.toString()).isEqualTo(Files.readString(expected));
    }

    private static String line(Finding finding) {
        return finding.status() + " " + finding.check()
                + (finding.subject().isEmpty() ? "" : " [" + finding.subject() + "]") + " " + finding.severity() + ": "
                + finding.title();
    }

    private List<ServerReport> reports(String scenario) throws Exception {
        List<SimServer> simulated = ScenarioReader.read(YamlFile.parse(Scenarios.source(scenario), scenario), null)
                .servers();
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
        ProbePlan plan =
                new ProbePlan(checks, Policy.DEFAULT, Profile.FULL, Duration.ofSeconds(90), inventory.servers());
        Map<String, Outcome<Facts>> visits = new LinkedHashMap<>();
        for (Server server : inventory.servers()) {
            World world = WorldMaker.make(byName.get(server.name()), InstantSource.system());
            Facts facts = new FactsReader(new Random(1), InstantSource.system())
                    .read(server.name(), plan.of(server), session(world), Deadline.after(Duration.ofSeconds(90)));
            visits.put(server.name(), new Outcome.Done<>(server, facts));
        }
        return FleetCheck.judge(List.copyOf(visits.values()), Policy.DEFAULT, checks);
    }

    private static Session session(World world) {
        return new Session() {
            @Override
            public Output run(String script, Deadline deadline) throws InterruptedException {
                long begun = System.nanoTime();
                ScriptResult result = new ModelEngine()
                        .run(world, PowerShellCommand.LINE, script.getBytes(StandardCharsets.US_ASCII));
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
