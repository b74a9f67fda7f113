package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.ProxySide;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.pwsh.PwshPool;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.probe.Request;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.remedy.AlignProxy;
import dev.asrdoctor.remedy.Remedy;
import dev.asrdoctor.remedy.ServerPlan;
import dev.asrdoctor.remedy.Step;
import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.testing.Peers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The lab's model of what remedies do on Windows, against the shipped scripts in real PowerShell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnginesAgreeOnRemediesTest {
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

    /** Those whose services differ as far as starting one asks. */
    static Stream<Named<SimServer>> everyWorldWhoseServicesDifferFromHealthy() throws Exception {
        Set<Object> seen = new HashSet<>();
        return EnginesAgreeTest.everyServerOfEveryShippedScenario()
                .filter(server -> !server.services().isEmpty()
                        || !server.removed().isEmpty()
                        || !server.faults().isEmpty())
                .filter(server -> {
                    JsonNode world = EnginesAgreeTest.bornAtNoon(server);
                    return seen.add(List.of(
                            world.path("services"),
                            world.path("events"),
                            world.path("faults"),
                            world.path("machine").path("registry"),
                            world.path("machine").path("afterStart")));
                })
                .map(server -> Named.of(server.name(), server));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy-password-in-mars | set-mars-proxy    | http://proxy.lab.test 8080 | none",
                "proxy-with-password    | set-product-proxy | http://proxy.lab.test 8080 | other.lab.test 3128",
            })
    void onAProxyThatAPasswordBelongsTo(String name, String action, String from, String to) throws Exception {
        JsonNode answer = agreeOn(
                EnginesAgreeTest.shipped("remedies", name),
                Instant.now(),
                List.of(new Request.Step(action, "it", from, to, null, false)),
                Duration.ZERO);

        assertThat(answer.at("/remedy/data/steps/0/outcome").asString()).isEqualTo("credentials");
    }

    @Test
    void onAProxyWhoseTakerHasBeenStartedAnewSinceThePlan() throws Exception {
        JsonNode answer = agreeOn(
                EnginesAgreeTest.shipped("remedies", "proxy-moved-by-half"),
                Instant.now(),
                List.of(
                        new Request.Step(
                                "set-mars-proxy",
                                "MARS",
                                "http://old-proxy.lab.test 3128",
                                "http://proxy.lab.test 8080",
                                null,
                                false),
                        new Request.Step("restart", "obengine", "1", "", "MARS", false)),
                Duration.ZERO);

        assertThat(answer.at("/remedy/data/steps/0/outcome").asString()).isEqualTo("restart-moved-on");
        assertThat(answer.at("/remedy/data/steps/1/outcome").asString()).isEqualTo("skipped-dependency-failed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyWorldWhoseServicesDifferFromHealthy")
    void onWhatStartingServicesDoes(SimServer server) throws Exception {
        Instant born = Instant.now();
        List<String> down = EnginesAgreeTest.world(server, born).services().stream()
                .filter(service -> service.state != ServiceState.RUNNING)
                .map(service -> service.name)
                .toList();
        boolean falls = server.services().values().stream()
                .anyMatch(change -> change.onStart() != null && change.onStart().outcome() == SimService.Start.DIE);
        List<Request.Step> steps = down.stream()
                .map(service -> new Request.Step("start", service, null, null, null, false))
                .toList();
        agreeOn(server, born, steps, Duration.ofSeconds(falls ? 2 : 0));
    }

    static Stream<Arguments> everyRemedyOfEveryServerThatNeedsOne() throws Exception {
        Policy all = Policy.DEFAULT;
        for (Setting<RemedyMode> mode : List.of(
                Remedy.SET_START_TYPE.setting(),
                Remedy.RESYNC_CLOCK.setting(),
                Remedy.PROXY.setting(),
                Remedy.EXCLUDE.setting(),
                Remedy.RESTART_AGENT.setting())) {
            all = all.with(mode, RemedyMode.APPLY);
        }
        Policy follows = all.with(AlignProxy.RIGHT, ProxySide.MARS);
        Stream.Builder<Arguments> planned = Stream.builder();
        for (SimServer server : ScenarioReader.read(YamlFile.parse(Scenarios.source("remedies"), "remedies"), null)
                .servers()) {
            for (Policy policy : List.of(all, follows)) {
                ServerPlan plan =
                        RemedyRun.of(server, policy, new ModelEngine()).plan();
                for (boolean whatIf : new boolean[] {false, true}) {
                    if (!plan.steps().isEmpty()) {
                        planned.add(Arguments.of(server, plan.steps(), whatIf));
                    }
                }
            }
        }
        return planned.build();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everyRemedyOfEveryServerThatNeedsOne")
    void onWhatRemediesDo(SimServer server, List<Step> steps, boolean whatIf) throws Exception {
        agreeOn(
                server,
                Instant.now(),
                steps.stream()
                        .map(step -> new Request.Step(
                                step.action().word(), step.target(), step.from(), step.to(), step.needs(), whatIf))
                        .toList(),
                Duration.ZERO);
    }

    private JsonNode agreeOn(SimServer server, Instant born, List<Request.Step> steps, Duration settle)
            throws Exception {
        byte[] script = new Request.Remedy(Products.shipped().first(), steps, Duration.ofSeconds(1), settle, false)
                .script(EnginesAgreeTest.NONCE)
                .getBytes(StandardCharsets.US_ASCII);
        for (int tries = 1; ; tries++) {
            World modelled = EnginesAgreeTest.world(server, born);
            World run = EnginesAgreeTest.world(server, born);
            FutureTask<JsonNode> model = new FutureTask<>(
                    () -> EnginesAgreeTest.answer(new ModelEngine().run(modelled, PowerShellCommand.LINE, script)));
            Thread.ofVirtual().start(model);
            JsonNode powerShell =
                    EnginesAgreeTest.answer(new PwshEngine(pool).run(run, PowerShellCommand.LINE, script));
            String told = EnginesAgreeTest.withoutTimes(powerShell);
            List<String> left = EnginesAgreeTest.leftBehind(run, server);
            // A busy machine may come too late to see a service that runs for a moment only.
            if (tries == 3
                    || told.equals(EnginesAgreeTest.withoutTimes(model.get()))
                            && left.equals(EnginesAgreeTest.leftBehind(modelled, server))) {
                assertThat(told).isEqualTo(EnginesAgreeTest.withoutTimes(model.get()));
                assertThat(left).isEqualTo(EnginesAgreeTest.leftBehind(modelled, server));
                return powerShell;
            }
        }
    }
}
