package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.ProxySide;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.pwsh.PwshPool;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.remedy.AlignProxy;
import dev.asrdoctor.remedy.HeldBack;
import dev.asrdoctor.remedy.Remedy;
import dev.asrdoctor.remedy.ServerPlan;
import dev.asrdoctor.remedy.ServerResult;
import dev.asrdoctor.remedy.Step;
import dev.asrdoctor.remedy.StepResult;
import dev.asrdoctor.remedy.StepResult.Verdict;
import dev.asrdoctor.store.file.FileJournals;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every remedy on simulated servers: what it puts right, what it leaves alone, what it tells where it does not help. */
class RemediesInLabTest {
    @TempDir
    Path folder;

    private static Policy everything() {
        return all(RemedyMode.APPLY);
    }

    private static Policy all(RemedyMode mode) {
        Policy all = Policy.DEFAULT.with(Remedy.SERVICES.setting(), mode);
        for (Setting<RemedyMode> remedy : List.of(
                Remedy.SET_START_TYPE.setting(),
                Remedy.RESYNC_CLOCK.setting(),
                Remedy.PROXY.setting(),
                Remedy.EXCLUDE.setting(),
                Remedy.RESTART_AGENT.setting())) {
            all = all.with(remedy, mode);
        }
        return all;
    }

    static Stream<SimServer> everyServer() throws Exception {
        return ScenarioReader.read(YamlFile.parse(Scenarios.source("remedies"), "remedies"), null).servers().stream();
    }

    private static SimServer server(String name) throws Exception {
        return everyServer()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}, right is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "manual | PRODUCT | set-start-type cxprocessserver VERIFIED: start type is automatic-delayed",
                "manual-denied | PRODUCT | set-start-type cxprocessserver FAILED: it could not be set: error 5: access is denied",
                "disabled-by-alice | PRODUCT | set-start-type cxprocessserver held by disabled: LAB\\alice changed its start type",
                "disabled-by-alice | PRODUCT | start-services cxprocessserver held by disabled: LAB\\alice changed its start type",
                "stopped-by-alice | PRODUCT | start-services ProcessServer held by stopped-by-person: LAB\\alice stopped it",
                "stopped-by-windows | PRODUCT | ProcessServer VERIFIED: is running",
                "slow-clock | PRODUCT | resync-time W32Time VERIFIED: the clock is 0.0 s",
                "slow-clock-unhealed | PRODUCT | resync-time W32Time FAILED: w32tm could not do it (exit code 1)",
                "clock-stopped | PRODUCT | resync-time W32Time VERIFIED: the clock is 0.0 s",
                "clock-disabled | PRODUCT | resync-time W32Time held by disabled: W32Time is disabled",
                "no-exclusions | PRODUCT | exclude-folders Windows Defender VERIFIED: all folders are excluded",
                "tamper-protected | PRODUCT | exclude-folders Windows Defender NO_EFFECT: it was done, and 16 folders",
                "policy-alone | PRODUCT | exclude-folders Windows Defender held by policy-alone: a group policy alone",
                "proxy-moved-by-half | PRODUCT | set-mars-proxy MARS VERIFIED: both use the proxy proxy.lab.test:8080",
                "proxy-moved-by-half | PRODUCT | obengine VERIFIED: is running in a new process",
                "proxy-moved-by-half | MARS | align-proxy ProxySettings held by proxy-dead: the proxy old-proxy.lab.test:3128, which would be set, cannot be reached",
                "proxy-with-password | PRODUCT | align-proxy MARS held by credentials: a password of LAB\\proxy belongs to one of the two proxies",
                "proxy-with-password | MARS | align-proxy ProxySettings held by credentials: a password of LAB\\proxy belongs",
                "proxy-password-in-mars | PRODUCT | align-proxy MARS held by credentials: a password of LAB\\mars belongs",
                "proxy-password-in-mars | MARS | align-proxy ProxySettings held by credentials: a password of LAB\\mars belongs",
                "proxy-password-of-setup | PRODUCT | align-proxy MARS held by credentials: a password of LAB\\setup belongs",
                "proxy-forgotten-in-mars | MARS | align-proxy ProxySettings held by configuration-tool: the product's proxy is taken away",
                "clock-without-source | PRODUCT | resync-time W32Time held by no-source: the clock has no source to ask",
                "proxy-without-port | PRODUCT | set-mars-proxy MARS VERIFIED: both use the proxy proxy.lab.test:80",
                "proxy-left-in-mars | PRODUCT | set-mars-proxy MARS VERIFIED: neither the product nor the MARS agent uses a proxy",
                "proxy-left-in-mars | MARS | align-proxy ProxySettings held by proxy-dead: the proxy old-proxy.lab.test:3128",
                "proxy-dead-in-the-product | PRODUCT | align-proxy MARS held by proxy-dead: the proxy gone.lab.test:81",
                "proxy-dead-in-the-product | MARS | set-product-proxy ProxySettings VERIFIED: both use the proxy proxy.lab.test:8080",
                "proxy-refuses-azure | PRODUCT | align-proxy MARS held by azure-unreachable: Azure's URLs do not all answer through strict.lab.test:81",
                "proxy-needed-after-all | PRODUCT | align-proxy MARS held by azure-unreachable: Azure's URLs do not all answer without a proxy",
                "proxies-differ-and-agent-disabled | PRODUCT | align-proxy MARS held by disabled: obengine takes a new proxy when it starts, and is not to be restarted: it is disabled",
                "proxies-differ-and-helper-disabled | PRODUCT | set-mars-proxy MARS FAILED: it was left as it was, because obengine, which takes it when it starts, might not start again",
                "proxies-differ-and-helper-disabled | PRODUCT | obengine FAILED: it runs on in its old process",
                "stopped-and-log-denied | PRODUCT | start-services ProcessServer held by stop-unread: nobody knows whether a person stopped it",
                "agent-holds-no-connection | PRODUCT | obengine VERIFIED: is running in a new process",
                "agent-stays-silent | PRODUCT | obengine NO_EFFECT: it runs anew, and still holds no connection",
                "agent-does-not-stop | PRODUCT | obengine FAILED: obengine was told to stop and has not stopped in time",
                "agent-and-helper-fall | PRODUCT | obengine FAILED: MarsHelper, which runs on top of it",
                "azure-blocked | PRODUCT | restart-agent obengine held by azure-unreachable: Azure's URLs do not all answer",
            })
    void aRemedyHealsOrTellsWhyNot(String name, ProxySide right, String told) throws Exception {
        RemedyRun run = RemedyRun.of(server(name), everything().with(AlignProxy.RIGHT, right), new ModelEngine());
        ServerPlan plan = run.plan();
        ServerResult healed = run.heal(plan, folder.resolve("journal"));
        List<String> all = new ArrayList<>(told(healed.steps()));
        plan.heldBack().forEach(held -> all.add(told(held)));
        assertThat(all).anySatisfy(line -> {
            int words = told.indexOf(':');
            assertThat(line).startsWith(told.substring(0, words)).contains(told.substring(words + 2));
        });
    }

    private static List<String> told(List<StepResult> steps) {
        return steps.stream()
                .map(step -> step.step().key() + " " + step.verdict() + ": " + step.reason())
                .toList();
    }

    private static String told(HeldBack held) {
        return held.remedy() + " " + held.target() + " held by " + held.guard() + ": " + held.reason();
    }

    @ParameterizedTest
    @MethodSource("everyServer")
    void onlyStartingServicesIsOnByDefault(SimServer server) throws Exception {
        ServerPlan plan =
                RemedyRun.of(server, Policy.DEFAULT, new ModelEngine()).plan();
        assertThat(plan.steps()).extracting(Step::action).isSubsetOf(Step.Action.START, Step.Action.RESUME);
        assertThat(plan.heldBack()).extracting(HeldBack::remedy).allMatch("start-services"::equals);
    }

    @ParameterizedTest
    @MethodSource("everyServer")
    void aRehearsalChangesNothingLeavesNoIntentAndSaysWhatItWouldDo(SimServer server) throws Exception {
        RemedyRun run = RemedyRun.of(server, all(RemedyMode.WHAT_IF), new ModelEngine());
        ServerPlan plan = run.plan();
        String before = EnginesAgreeTest.leftBehind(run.world(), server).toString();
        ServerResult result = run.heal(plan, folder.resolve("journal"));
        assertThat(EnginesAgreeTest.leftBehind(run.world(), server).toString()).isEqualTo(before);
        assertThat(plan.keys()).isEmpty();
        assertThat(result.failed()).isFalse();
        assertThat(result.steps()).allSatisfy(step -> {
            assertThat(step.verdict()).isEqualTo(Verdict.NOT_TRIED);
            assertThat(step.reason()).startsWith("rehearsed: it would ");
        });
        assertThat(new FileJournals(folder.resolve("journal")).attempts()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyServer")
    void whatIsHealedIsNotPlannedAgainAndTheSameStepsDoNothingTwice(SimServer server) throws Exception {
        RemedyRun run = RemedyRun.of(server, everything(), new ModelEngine());
        ServerPlan plan = run.plan();
        ServerResult first = run.heal(plan, folder.resolve("journal"));
        Set<String> healed = new TreeSet<>();
        first.steps().stream()
                .filter(step -> step.verdict() == Verdict.VERIFIED)
                .forEach(step -> healed.add(step.step().key()));
        String after = EnginesAgreeTest.leftBehind(run.world(), server).toString();
        assertThat(run.plan().keys()).doesNotContainAnyElementsOf(orNone(healed));
        run.heal(plan, folder.resolve("journal"));
        if (!first.failed()) {
            assertThat(EnginesAgreeTest.leftBehind(run.world(), server).toString())
                    .isEqualTo(after);
        }
    }

    private static Set<String> orNone(Set<String> names) {
        return names.isEmpty() ? Set.of("none") : names;
    }

    @Test
    void theSecondLookKeepsWhatHeldTellsWhatFellAndWhatCameLate() throws Exception {
        RemedyRun run = RemedyRun.of(server("stopped-by-windows"), everything(), new ModelEngine());
        ServerResult healed = run.heal(run.plan(), folder.resolve("journal"));
        assertThat(run.lookAgain(healed)).extracting(StepResult::verdict).containsExactly(Verdict.VERIFIED);
        assertThat(told(run.lookAgain(healed)).getFirst()).endsWith("and once more later");

        run.world().locked(world -> world.stop("ProcessServer"));
        waitFor(run.world(), "ProcessServer", ServiceState.STOPPED);
        assertThat(told(run.lookAgain(healed)).getFirst())
                .startsWith("ProcessServer STOPPED_AGAIN: it came up and fell again");

        run.world().locked(world -> world.start("ProcessServer"));
        waitFor(run.world(), "ProcessServer", ServiceState.RUNNING);
        assertThat(told(run.lookAgain(healed)).getFirst())
                .contains("STOPPED_AGAIN: it fell again and was brought up by something else");
    }

    private static void waitFor(World world, String service, ServiceState state) throws InterruptedException {
        while (world.state(service) != state) {
            Thread.sleep(20);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileOneControllerHealsAServerAnotherLeavesItAlone(boolean realPowerShell) throws Exception {
        SimServer server = ScenarioReader.read(
                        YamlFile.parse(
                                "version: 1\nservers:\n  ps: { services: { svagents: { state: stopped, onStart: {"
                                        + " outcome: running, after: 1500ms } } } }\n",
                                "lease"),
                        null)
                .servers()
                .getFirst();
        try (PwshPool pool = realPowerShell ? PwshPool.start(Peers.powerShell(), 2) : null) {
            RemedyRun run =
                    RemedyRun.of(server, Policy.DEFAULT, pool == null ? new ModelEngine() : new PwshEngine(pool));
            ServerPlan plan = run.plan();
            FutureTask<ServerResult> one = new FutureTask<>(() -> run.heal(plan, folder.resolve("one")));
            FutureTask<ServerResult> other = new FutureTask<>(() -> run.heal(plan, folder.resolve("other")));
            Thread.ofVirtual().start(one);
            Thread.ofVirtual().start(other);
            List<Verdict> verdicts = Stream.of(one.get(), other.get())
                    .flatMap(result -> result.steps().stream())
                    .map(StepResult::verdict)
                    .toList();
            assertThat(verdicts).contains(Verdict.VERIFIED);
            assertThat(verdicts).allMatch(verdict -> verdict == Verdict.VERIFIED || verdict == Verdict.NOT_TRIED);
            assertThat(run.world().starts("svagents")).isEqualTo(1);
        }
    }

    @Test
    void aLeaseThatAnotherProcessHoldsIsRespectedAndEndsWithThatProcess() throws Exception {
        SimServer server = server("stopped-by-windows");
        try (PwshPool pool = PwshPool.start(Peers.powerShell(), 1)) {
            RemedyRun run = RemedyRun.of(server, Policy.DEFAULT, new PwshEngine(pool));
            ServerPlan plan = run.plan();
            Process holder = new ProcessBuilder(
                            Peers.powerShell().toString(),
                            "-NoProfile",
                            "-Command",
                            "$held = New-Object System.Threading.Mutex -ArgumentList $true, 'Global\\asrdoctor-remedy-"
                                    + run.world().id() + "'; 'held'; Start-Sleep -Seconds 300; $held.Dispose()")
                    .redirectErrorStream(true)
                    .start();
            try {
                assertThat(holder.inputReader().readLine()).isEqualTo("held");
                ServerResult left = run.heal(plan, folder.resolve("journal"));
                assertThat(told(left.steps()))
                        .containsExactly("ProcessServer NOT_TRIED: nothing was done: another asrdoctor is healing this"
                                + " server at this moment");
                assertThat(run.world().starts("ProcessServer")).isZero();
                assertThat(Files.readString(folder.resolve("journal"))).contains("NOT_TRIED");
            } finally {
                holder.destroyForcibly().waitFor();
            }
            assertThat(run.heal(plan, folder.resolve("journal")).steps())
                    .extracting(StepResult::verdict)
                    .containsExactly(Verdict.VERIFIED);
            assertThat(run.world().starts("ProcessServer")).isEqualTo(1);
        }
    }
}
