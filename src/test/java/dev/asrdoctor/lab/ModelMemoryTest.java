package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.probe.Nonce;
import dev.asrdoctor.probe.Request;
import dev.asrdoctor.remoting.PowerShellCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A server that answers from memory says what it would have said without. */
class ModelMemoryTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    private World world(String server) throws Exception {
        SimServer read = ScenarioReader.read(
                        YamlFile.parse("version: 1\nservers: { ps: { " + server + " } }", "test"), null)
                .servers()
                .getFirst();
        return WorldMaker.make(read, now::get);
    }

    private static JsonNode ask(World world, Request.ReadFacts request, String nonce) throws Exception {
        byte[] script = request.script(new Nonce(nonce)).getBytes(StandardCharsets.US_ASCII);
        String answer = new String(
                new ModelEngine().run(world, PowerShellCommand.LINE, script).stdout(), StandardCharsets.US_ASCII);
        assertThat(answer).startsWith("ASRDOCTOR-ANSWER 1 " + nonce + " ");
        return FactsJson.parse(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
    }

    private Request.ReadFacts everything() throws Exception {
        return EnginesAgreeTest.everything(EnginesAgreeTest.shipped(
                "healthy",
                ScenarioReader.read(YamlFile.parse(Scenarios.source("healthy"), "healthy"), null)
                        .servers()
                        .getFirst()
                        .name()));
    }

    @Test
    void nothingButTheTimeAndTheNonceDiffersWhileNothingIsChanged() throws Exception {
        World world = world("");
        JsonNode first = ask(world, everything(), "0123456789abcdef");
        ModelMemory kept = world.memory();
        assertThat(kept).isNotNull();
        now.set(NOON.plusSeconds(90));
        JsonNode second = ask(world, everything(), "fedcba9876543210");
        assertThat(world.memory()).isSameAs(kept);
        assertThat(second.at("/areas/host/data/utcNow").asString()).isEqualTo("2026-06-01T12:01:30.000Z");
        assertThat(second.path("clockAtEnd").asString()).isEqualTo("2026-06-01T12:01:30.000Z");
        assertThat(EnginesAgreeTest.withoutTimes(second)).isEqualTo(EnginesAgreeTest.withoutTimes(first));
    }

    @Test
    void anotherQuestionHasAnotherAnswer() throws Exception {
        World world = world("");
        ask(world, everything(), "0123456789abcdef");
        JsonNode some = ask(world, everything().with(Set.of(FactArea.HOST, FactArea.PRODUCT)), "0123456789abcdef");
        assertThat(some.path("areas").propertyNames()).containsExactly("host", "product");
    }

    @Test
    void whatHasChangedIsToldAtOnce() throws Exception {
        World world = world("changes: [{ at: 10m, service: svagents, state: stopped, exitCode: 1067 }]");
        ask(world, everything(), "0123456789abcdef");
        now.set(NOON.plus(Duration.ofMinutes(11)));
        JsonNode fallen = ask(world, everything(), "0123456789abcdef");
        assertThat(service(fallen, "svagents").path("state").asString()).isEqualTo("stopped");
        assertThat(fallen.at("/areas/services/data/events/0/id").asInt()).isEqualTo(7034);
        world.locked(w -> w.start("svagents"));
        now.set(NOON.plus(Duration.ofMinutes(12)));
        assertThat(service(ask(world, everything(), "0123456789abcdef"), "svagents")
                        .path("state")
                        .asString())
                .isEqualTo("running");
        world.locked(w -> {
            w.find("svagents").orElseThrow().start = 4;
            w.change(Machines.json(Map.of(
                    "registry",
                    Map.of("HKLM:\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters", Map.of("Type", "NTP")))));
            return w;
        });
        JsonNode changed = ask(world, everything(), "0123456789abcdef");
        assertThat(service(changed, "svagents").path("startType").asString()).isEqualTo("disabled");
        assertThat(changed.at("/areas/time/data/type").asString()).isEqualTo("NTP");
    }

    @Test
    void anEventThatHasGrownTooOldIsToldNoLonger() throws Exception {
        World world = world("services: { svagents: { state: stopped, exitCode: 1067, since: 1h, crashes: 1 } }");
        assertThat(ask(world, everything(), "0123456789abcdef")
                        .at("/areas/services/data/events")
                        .size())
                .isEqualTo(1);
        now.set(NOON.plus(Duration.ofHours(23)));
        assertThat(ask(world, everything(), "0123456789abcdef")
                        .at("/areas/services/data/events")
                        .size())
                .isEqualTo(1);
        now.set(NOON.plus(Duration.ofHours(23)).plusMillis(1));
        assertThat(ask(world, everything(), "0123456789abcdef")
                        .at("/areas/services/data/events")
                        .size())
                .isZero();
    }

    @Test
    void whatGrowsOrFailsByItselfIsNotKept() throws Exception {
        World growing = world("machine: { cim: { Win32_PerfRawData_Tcpip_NetworkInterface: [{ Name: a,"
                + " CurrentBandwidth: 1000, PacketsOutboundErrors: { base: 1, perSecond: 2 } }] } }");
        ask(growing, everything(), "0123456789abcdef");
        assertThat(growing.memory()).isNull();
        World failing = world("faults: [{ source: registry, error: throws, script: 2 }]");
        ask(failing, everything(), "0123456789abcdef");
        assertThat(failing.memory()).isNull();
    }

    private static JsonNode service(JsonNode answer, String name) {
        for (JsonNode service : answer.at("/areas/services/data/services")) {
            if (service.path("name").asString().equals(name)) {
                return service;
            }
        }
        throw new AssertionError(name);
    }
}
