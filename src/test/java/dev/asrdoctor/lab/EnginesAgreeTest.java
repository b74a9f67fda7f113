package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.lab.pwsh.PwshPool;
import dev.asrdoctor.probe.Nonce;
import dev.asrdoctor.probe.Request;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.testing.Peers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Java model and the very scripts in real PowerShell give the same facts and the same outcomes. Run with
 * -Dscenario=NAME,NAME for some of the shipped scenarios alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnginesAgreeTest {
    static final Nonce NONCE = new Nonce("0123456789abcdef");

    private static final List<String> GROWN = List.of(
            "otherBytes",
            "readBytes",
            "writeBytes",
            "marsBytes",
            "sentBytes",
            "segmentsSent",
            "segmentsSentAgain",
            "diskWrittenBytes",
            "errors",
            "discarded",
            "errorsSinceBoot");

    private PwshPool pool;

    @BeforeAll
    void startPowerShell() throws Exception {
        pool = PwshPool.start(Peers.powerShell(), 1);
    }

    @AfterAll
    void endPowerShell() {
        if (pool != null) {
            pool.close();
        }
    }

    static Stream<SimServer> everyServerOfEveryShippedScenario() throws Exception {
        Stream.Builder<SimServer> servers = Stream.builder();
        List<String> some = List.of(System.getProperty("scenario", "").split(","));
        for (String name : Scenarios.shipped()) {
            if (!some.equals(List.of("")) && !some.contains(name)) {
                continue;
            }
            if (!name.equals("large") && !name.equals("logon-failures") && !name.equals("connections")) {
                ScenarioReader.read(YamlFile.parse(Scenarios.source(name), name), null).servers().stream()
                        .filter(server -> server.faults().stream().noneMatch(f -> f.error() == StateFault.Kind.HANG))
                        .forEach(servers);
            }
        }
        return servers.build();
    }

    /** Many servers of scenarios differ in what the engines never see, such as their connections: one stands for all. */
    static Stream<Named<SimServer>> everyWorldOfTheShippedScenarios() throws Exception {
        Set<Object> seen = new HashSet<>();
        return everyServerOfEveryShippedScenario()
                .filter(server ->
                        seen.add(List.of(bornAtNoon(server), everything(server).script(NONCE))))
                .map(server -> Named.of(server.name(), server));
    }

    /** All that an engine sees of it, but for its name. */
    static JsonNode bornAtNoon(SimServer server) {
        Instant noon = Instant.parse("2026-06-01T12:00:00Z");
        ObjectNode world = WorldMaker.make(server, () -> noon).locked(WorldJson::write);
        world.remove("id");
        ((ObjectNode) world.path("host")).remove("computerName");
        return world;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyWorldOfTheShippedScenarios")
    void onFacts(SimServer server) throws Exception {
        agreeOnFacts(server, everything(server).script(NONCE).getBytes(StandardCharsets.US_ASCII));
    }

    private void agreeOnFacts(SimServer server, byte[] script) throws Exception {
        for (int tries = 1; ; tries++) {
            Instant born = Instant.now();
            World modelled = world(server, born);
            World run = world(server, born);
            FutureTask<String> beside = new FutureTask<>(
                    () -> withoutTimes(answer(new ModelEngine().run(modelled, PowerShellCommand.LINE, script))));
            Thread.ofVirtual().start(beside);
            String powerShell = withoutTimes(answer(new PwshEngine(pool).run(run, PowerShellCommand.LINE, script)));
            String model = beside.get();
            // Counters grow between two samples, by more where a busy machine comes late to the second.
            if (powerShell.equals(model) || tries == 3) {
                assertThat(powerShell).isEqualTo(model);
                return;
            }
        }
    }

    static List<FactArea<?>> everyArea() {
        return FactArea.all();
    }

    /** A script has everything that one area needs, whichever others are asked for. */
    @ParameterizedTest
    @MethodSource("everyArea")
    void onAnAreaThatIsReadAlone(FactArea<?> area) throws Exception {
        SimServer server = shipped("proxies", "hides-azure");
        Set<FactArea<?>> areas = new HashSet<>(List.of(FactArea.HOST, FactArea.PRODUCT, area));
        String script = everything(server).with(areas).script(NONCE);
        agreeOnFacts(server, script.getBytes(StandardCharsets.US_ASCII));
    }

    static SimServer shipped(String scenario, String name) throws Exception {
        return ScenarioReader.read(YamlFile.parse(Scenarios.source(scenario), scenario), null).servers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What reads the same whichever engine has changed it. */
    static List<String> leftBehind(World world, SimServer server) throws Exception {
        byte[] script = everything(server).script(NONCE).getBytes(StandardCharsets.US_ASCII);
        JsonNode facts = answer(new ModelEngine().run(world, PowerShellCommand.LINE, script));
        List<String> left = new ArrayList<>();
        for (String area : List.of("antivirus", "proxy", "connections")) {
            rounded(facts.path("areas").path(area));
            left.add(facts.path("areas").path(area).toString());
        }
        world.services()
                .forEach(service ->
                        left.add(service.name + " " + service.start + " " + service.delayed + " " + service.processId));
        left.add(world.host().clockOffset().toString());
        return left;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ registry: { 'WSMan:\\localhost\\Shell': { MaxMemoryPerShellMB: 150 } } }",
                "{ registry: { 'WSMan:\\localhost\\Shell': denied } }",
                "{ registry: { 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WinRM\\Service\\WinRS': { MaxMemoryPerShellMB: 300 } } }",
                "{ registry: { 'Registry::HKEY_USERS\\S-1-5-19\\Environment': denied } }",
                "{ registry: { 'Registry::HKEY_USERS\\S-1-5-19\\Environment': null } }",
                "{ registry: { 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell': { EnableScripts: 0 } } }",
                "{ registry: { 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell': { ExecutionPolicy: AllSigned } } }",
                "{ registry: { 'HKLM:\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full': denied } }",
            })
    void onWhatAShellIsLike(String machine) throws Exception {
        Instant born = Instant.now();
        byte[] script = new Request.ReadShell().script(NONCE).getBytes(StandardCharsets.US_ASCII);
        JsonNode model = answer(new ModelEngine().run(world(server(machine), born), PowerShellCommand.LINE, script));
        JsonNode powerShell =
                answer(new PwshEngine(pool).run(world(server(machine), born), PowerShellCommand.LINE, script));
        assertThat(powerShell.toPrettyString()).isEqualTo(model.toPrettyString());
        assertThat(powerShell.at("/shell/data/languageMode").asString()).isEqualTo("FullLanguage");
    }

    @Test
    void thatConstrainedLanguageRunsNoScript() throws Exception {
        SimServer server = server("{ powershell: { languageMode: ConstrainedLanguage } }");
        byte[] script = new Request.ReadShell().script(NONCE).getBytes(StandardCharsets.US_ASCII);
        for (ScriptEngine engine : List.of(new ModelEngine(), new PwshEngine(pool))) {
            ScriptResult result = engine.run(world(server, Instant.now()), PowerShellCommand.LINE, script);
            assertThat(result.stdout()).isEmpty();
            assertThat(new String(result.stderr(), StandardCharsets.UTF_8))
                    .contains("MethodInvocationNotSupportedInConstrainedLanguage");
        }
    }

    private static SimServer server(String machine) throws Exception {
        String scenario = "version: 1\nservers: { ps: { machine: " + machine + " } }";
        return ScenarioReader.read(YamlFile.parse(scenario, "test"), null)
                .servers()
                .getFirst();
    }

    static Request.ReadFacts everything(SimServer server) {
        String processServer = server.inventory().processServer();
        return new Request.ReadFacts(
                Products.shipped().first(),
                Set.copyOf(FactArea.all()),
                24,
                new Request.Limits(
                        Duration.ofMillis(150),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5),
                        65_536),
                List.of("ekrn", "SAVService"),
                List.of(
                        new Request.Address("identity", "login.microsoftonline.com", 443),
                        new Request.Address("storage", "ps-blob-west.blob.core.windows.net", 443)),
                new Request.Address(
                        "process-server", processServer == null ? "127.0.0.1" : Machines.address(processServer), 9443),
                Products.shipped().others(Deployment.AUTO).stream()
                        .map(other -> new Request.ReadFacts.Other(
                                other,
                                Set.copyOf(FactArea.all()),
                                List.of(new Request.Address("identity", "login.microsoftonline.com", 443))))
                        .toList());
    }

    /** Both worlds are born at the same instant and then live in real time. */
    static World world(SimServer server, Instant born) {
        AtomicReference<InstantSource> clock = new AtomicReference<>(() -> born);
        World world = WorldMaker.make(server, () -> clock.get().instant());
        clock.set(InstantSource.system());
        return world;
    }

    static JsonNode answer(ScriptResult result) {
        String stdout = new String(result.stdout(), StandardCharsets.UTF_8);
        assertThat(stdout)
                .as(new String(result.stderr(), StandardCharsets.UTF_8))
                .startsWith("ASRDOCTOR-ANSWER 1 " + NONCE.text());
        int begin = stdout.indexOf('{');
        return FactsJson.parse(stdout.substring(begin, stdout.lastIndexOf('}') + 1));
    }

    /** What was measured by the clock differs a little from run to run. */
    private static void rounded(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String measured : List.of("millis", "windowMillis")) {
                if (object.has(measured)) {
                    object.put(measured, 0);
                }
            }
            for (String grown : GROWN) {
                if (object.path(grown).isNumber()) {
                    object.put(grown, object.path(grown).asLong() > 0 ? 1 : 0);
                }
            }
        }
        node.forEach(EnginesAgreeTest::rounded);
    }

    static String withoutTimes(JsonNode answer) {
        ((ObjectNode) answer).put("elapsedMillis", 0);
        if (answer.at("/areas/host/data").isObject()) {
            ((ObjectNode) answer.at("/areas/host/data")).put("utcNow", "now");
        }
        ((ObjectNode) answer).remove(List.of("cost", "clockAtStart", "clockAtEnd"));
        rounded(answer);
        for (JsonNode service : answer.at("/remedy/data/steps")) {
            ((ObjectNode) service).put("startedMillis", 0).put("message", "");
        }
        for (JsonNode event : answer.at("/remedy/data/events")) {
            ((ObjectNode) event).put("at", "");
        }
        inOrderOfNames(answer.path("areas"));
        return answer.toPrettyString();
    }

    /** The order in which areas are read says nothing. */
    private static void inOrderOfNames(JsonNode areas) {
        if (areas instanceof ObjectNode object) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            object.properties().forEach(area -> sorted.put(area.getKey(), area.getValue()));
            object.removeAll();
            object.setAll(sorted);
        }
    }
}
