package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.testing.Peers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the words of a scenario make of a server. */
class ScenarioWordsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "crashes: 3 | 7034@-60m 7034@-30m 7034@0m",
                "crashes: { count: 2, every: 5m } | 7034@-5m 7034@0m",
                "crashes: { ages: [0s, 90m] } | 7034@-90m 7034@0m",
                "crashes: { count: 3, every: 5m }, recovery: [60s, 120s] | 7031@-10m 7031@-5m 7034@0m",
            })
    void crashesStandInTheLogAsOftenAndAsFarApartAsTheScenarioSays(String words, String expected) throws Exception {
        World world = world("svagents: { state: stopped, exitCode: 1067, since: 1m, " + words + " }", "{}");
        assertThat(world.eventsAsLogged().stream()
                        .map(event -> event.id() + "@"
                                + Duration.between(NOON.minus(Duration.ofMinutes(1)), event.at())
                                        .toMinutes()
                                + "m"))
                .containsExactly(expected.split(" "));
    }

    @Test
    void aServiceThatIsStartedAgainSaysHowOftenAndAfterWhat() throws Exception {
        World world = world("svagents: { crashes: 1, recovery: [60s] }", "{}");
        assertThat(world.eventsAsLogged().getFirst().parameters())
                .containsExactly("InMage Scout VX Agent - Sentinel/Outpost", "1", "60000", "1", "Restart the service");
    }

    @Test
    void theServiceControlManagerStartsItAgainAsOftenAsItsRecoverySays() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        World world = WorldMaker.make(
                server(
                        "tmansvc: { state: stopped, recovery: [10s], onStart: { outcome: die, after: 1s, runs: 2s, exitCode: 1067 } }",
                        "{}"),
                now::get);
        world.locked(w -> w.start("tmansvc"));
        List<ServiceState> seen = java.util.stream.IntStream.of(1, 3, 13, 14, 16, 60)
                .mapToObj(second -> {
                    now.set(NOON.plusSeconds(second));
                    return world.state("tmansvc");
                })
                .toList();
        assertThat(seen)
                .containsExactly(
                        ServiceState.RUNNING,
                        ServiceState.STOPPED,
                        ServiceState.START_PENDING,
                        ServiceState.RUNNING,
                        ServiceState.STOPPED,
                        ServiceState.STOPPED);
        assertThat(world.eventsAsLogged()).extracting(ServiceEvent::id).containsExactly(7031, 7034);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "startType: disabled | auto start | disabled",
                "startType: manual | auto start | demand start",
                "startType: automatic, startTypeWas: manual | demand start | auto start",
                "startType: disabled, startTypeWas: manual | demand start | disabled",
            })
    void aChangedStartTypeIsToldAsItWasAndAsItIs(String words, String before, String after) throws Exception {
        World world = world("svagents: { startTypeChangedBy: 'LAB\\alice', " + words + " }", "{}");
        ServiceEvent event = world.eventsAsLogged().getFirst();
        assertThat(event.id()).isEqualTo(7040);
        assertThat(event.by()).isEqualTo("LAB\\alice");
        assertThat(event.parameters())
                .containsExactly("InMage Scout VX Agent - Sentinel/Outpost", before, after, "svagents");
    }

    @Test
    void anyEventOfAnyServiceHasItsParameters() throws Exception {
        World world = world(
                "svagents: { state: stopped, events: [{ id: 7000, age: 5m, parameters: ['%%1069'] }] }",
                "{ events: [{ provider: Service Control Manager, id: 7034, age: 2m, parameters: [Print Spooler, '4'] }] }");
        assertThat(world.eventsAsLogged())
                .containsExactly(
                        new ServiceEvent(
                                7000,
                                NOON.minus(Duration.ofMinutes(5)),
                                List.of("InMage Scout VX Agent - Sentinel/Outpost", "%%1069")),
                        new ServiceEvent(7034, NOON.minus(Duration.ofMinutes(2)), List.of("Print Spooler", "4")));
        assertThat(world.machine()
                        .live()
                        .path("events")
                        .get(0)
                        .path("parameters")
                        .size())
                .isEqualTo(2);
    }

    /** An interrupted wait ends at once, an answer does not notice. */
    @ParameterizedTest
    @CsvSource({"eventlog, running", "eventlog, stopped", "scm, running"})
    void aSourceThatHangsHoldsTheScriptWhereverItIsAsked(String source, String state) throws Exception {
        SimServer server = ScenarioReader.read(
                        YamlFile.parse(
                                "version: 1\nservers: { ps: { faults: [{ source: " + source
                                        + ", error: hang }], services: { svagents: " + state + " } } }",
                                "test"),
                        null)
                .servers()
                .getFirst();
        World world = WorldMaker.make(server, () -> NOON);
        byte[] script = EnginesAgreeTest.everything(server)
                .script(EnginesAgreeTest.NONCE)
                .getBytes(StandardCharsets.US_ASCII);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new ModelEngine().run(world, PowerShellCommand.LINE, script))
                .isInstanceOf(InterruptedException.class);
        assertThat(world.state("svagents").pending())
                .as("nobody else waits for it")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"running, connected", "paused, connected", "start-pending, failed", "stopped, failed"})
    void thePortOfAServiceAnswersOnlyWhileItRuns(String state, String outcome) throws Exception {
        SimServer server = server("cxprocessserver: " + state, "{}");
        byte[] script = EnginesAgreeTest.everything(server)
                .script(EnginesAgreeTest.NONCE)
                .getBytes(StandardCharsets.US_ASCII);
        JsonNode facts = EnginesAgreeTest.answer(
                new ModelEngine().run(WorldMaker.make(server, InstantSource.system()), PowerShellCommand.LINE, script));
        assertThat(facts.at("/areas/transport/data/answer/outcome").asString()).isEqualTo(outcome);
    }

    @Test
    void itIsSilentForOtherServersOfTheLabToo() throws Exception {
        String scenario = """
                version: 1
                servers:
                  ps-01: { changes: [{ script: 1, service: cxprocessserver, state: stopped }] }
                  src-01: { deployment: source-machine, inventory: { processServer: ps-01 } }
                """;
        try (Lab lab = Lab.start(scenario, "test", Lab.Options.NONE, "secret", Clock.systemUTC())) {
            World source = lab.world("src-01");
            source.scriptBegins();
            assertThat(reached(source)).isEqualTo("connected");
            lab.world("ps-01").scriptBegins();
            source.scriptBegins();
            assertThat(reached(source)).isEqualTo("failed");
        }
    }

    private static Object reached(World source) {
        return source.locked(world -> new ModelNet(world)
                .test(new ModelNet.Target("process-server", "ps-01.lab.test", 9443, false, ""), null)
                .get("outcome"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nxdomain | 11001 | DNS_ERROR_RCODE_NAME_ERROR",
                "servfail | 11002 | DNS_ERROR_RCODE_SERVER_FAILURE",
                "{ answers: [timeout, servfail] } | 11002 | DNS_ERROR_RCODE_SERVER_FAILURE",
                "{ answers: [nxdomain, [10.1.1.1]] } | 11001 | DNS_ERROR_RCODE_NAME_ERROR",
                "{ answers: [servfail, [10.1.1.1]] } | 0 |",
                "{ answers: [[10.9.9.9]] } | 10060 |",
                "[10.1.1.1] | 0 |",
            })
    void aNameResolvesAsItsResolversSay(String name, int code, String error) throws Exception {
        World world = world(
                "{}",
                "{ network: { names: { web.lab.test: " + name
                        + " }, endpoints: { 'web.lab.test:443': { address: 10.1.1.1 } } } }");
        Network network = world.machine().network();
        assertThat(network.resolve("web.lab.test").error()).isEqualTo(error);
        assertThat(test(world, null)).containsEntry("code", code);
    }

    @Test
    void aNameMayBeClosedDirectlyAndOpenThroughAProxy() throws Exception {
        World world = world(
                "{}",
                "{ network: { names: { web.lab.test: nxdomain, proxy: [10.1.1.2] }, endpoints: {"
                        + " 'web.lab.test:443': { direct: blocked, tls: { issuer: CN=a, subject: CN=b, protocol: Tls12 } },"
                        + " 'proxy:8080': { address: 10.1.1.2 } } } }");
        assertThat(test(world, null)).containsEntry("code", 11001).containsEntry("stage", "tcp");
        assertThat(test(world, new ModelNet.Proxy("proxy", 8080)))
                .containsEntry("code", 0)
                .containsEntry("stage", "done");
    }

    private static Map<String, Object> test(World world, ModelNet.Proxy proxy) {
        return world.locked(
                w -> new ModelNet(w).test(new ModelNet.Target("web", "web.lab.test", 443, proxy != null, ""), proxy));
    }

    @Test
    void aServerHasAnAddressOfItsOwnInItsFactsAndForOthersWhileLoopbackCarriesTheConnection() throws Exception {
        String scenario = """
                version: 1
                servers:
                  ps-01: { address: 10.30.1.7, inventory: { dataAddress: data.lab.test } }
                  ps-02: {}
                  src-01: { deployment: source-machine, inventory: { processServer: ps-01 } }
                """;
        try (Lab lab = Lab.start(scenario, "test", Lab.Options.NONE, "secret", Clock.systemUTC())) {
            Machine machine = lab.world("ps-01").machine();
            assertThat(machine.instances("Win32_NetworkAdapterConfiguration")
                            .orElseThrow()
                            .at("/0/IPAddress/0")
                            .asString())
                    .isEqualTo("10.30.1.7");
            assertThat(machine.file("E:\\ASR\\home\\svsystems\\etc\\amethyst.conf")
                            .map(file -> new String(file.bytes(), StandardCharsets.UTF_8)))
                    .hasValueSatisfying(text -> assertThat(text).contains("PS_IP = \"10.30.1.7\""));
            assertThat(machine.network().endpoint("10.30.1.7", 9443)).isPresent();
            Network seen = lab.world("src-01").machine().network();
            assertThat(seen.resolve("ps-01.lab.test").addresses()).containsExactly("10.30.1.7");
            assertThat(seen.endpoint("data.lab.test", 9443)).isPresent();
            Path file = folder.resolve("lab.yaml");
            lab.writeInventory(file);
            assertThat(Files.readString(file))
                    .contains("'ps-01': { address: localhost", "dataAddress: 'data.lab.test'")
                    .contains("'ps-02': { address: 127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "services: { svagents: { crashes: many } } | 3:42 | whole number",
                "services: { svagents: { crashes: { every: 3m } } } | 3:42 | 'count' is missing",
                "services: { svagents: { recovery: [1 minute] } } | 3:44 | duration",
                "services: { svagents: { exitCode: lots } } | 3:43 | 'exitCode' is a number",
                "services: { svagents: { startTypeChangedBy: alice } } | 3:53 | add 'startType'",
                "services: { svagents: { events: [{ age: 3m }] } } | 3:42 | 'id' is missing",
                "address: ps-01.lab.test | 3:18 | IPv4",
                "machine: { network: { names: { a: nodomain } } } | 3:43 | neither an address nor one of nxdomain",
                "machine: { network: { endpoints: { a: {} } } } | 3:47 | 'a' is no host:port",
                "machine: { network: { endpoints: { 'a:1': { direct: shut } } } } | 3:61 | 'shut' is not one of timeout",
                "machine: { network: { endpoints: { 'a:1': { tls: { expires: soon } } } } } | 3:69 | 'soon' is no age",
                "machine: { events: [{ provider: a, id: 1, parameter: [a] }] } | 3:51 | unknown key 'parameter'",
                "machine: { network: { name: {} } } | 3:31 | unknown key 'name'",
            })
    void mistakesAreToldWithLineAndColumn(String words, String place, String message) {
        assertThatThrownBy(() -> ScenarioReader.read(
                        YamlFile.parse("version: 1\nservers:\n  ps: { " + words + " }", "test.yaml"), null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("test.yaml:" + place + ":")
                .hasMessageContaining(message);
    }

    @Test
    void theDocumentationNamesEveryWordOfAService() throws Exception {
        JsonNode schema = tools.jackson.databind.json.JsonMapper.shared()
                .readTree(Files.readString(Peers.project("inventory/schemas/scenario-1.schema.json")));
        String page = Files.readString(Peers.project("docs/lab.md"));
        for (String place : List.of("/$defs/service/properties", "/$defs/service/properties/onStart/properties")) {
            assertThat(schema.at(place).propertyNames())
                    .isNotEmpty()
                    .allSatisfy(word -> assertThat(page).containsPattern("\\b" + word + "\\b"));
        }
    }

    private static World world(String services, String machine) throws Exception {
        return WorldMaker.make(server(services, machine), () -> NOON);
    }

    private static SimServer server(String services, String machine) throws Exception {
        String written = services.startsWith("{") ? services : "{ " + services + " }";
        return ScenarioReader.read(
                        YamlFile.parse(
                                "version: 1\nservers: { ps: { services: " + written + ", machine: " + machine + " } }",
                                "test"),
                        null)
                .servers()
                .getFirst();
    }
}
