package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asrdoctor.check.ServiceLimits;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.Waiver;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.ProductService;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.ServerMaker;
import dev.asrdoctor.testing.ServiceMaker;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemedyPlannerTest {
    private static final List<ServiceState> STATES = List.of(ServiceState.values());

    private final ServerMaker standalone = ServerMaker.healthy(Deployment.STANDALONE);

    @ParameterizedTest
    @MethodSource("dev.asrdoctor.testing.ServerMaker#deployments")
    void plansNothingForAHealthyServer(Deployment deployment) {
        ServerPlan plan = plan(ServerMaker.healthy(deployment));

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.heldBack()).isEmpty();
    }

    @Test
    void plansNothingWhereTheServicesCouldNotBeRead() {
        ServerPlan plan = RemedyPlanner.plan(
                ResolvedServer.asSaid(ServerMaker.server(Deployment.STANDALONE)),
                ServerMaker.unreadable(),
                Policy.DEFAULT);

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.heldBack()).isEmpty();
    }

    @Test
    void startsServicesInTheVendorsOrder() {
        for (ProductService service : Deployment.STANDALONE.required()) {
            standalone.service(service.name()).stopped(0L);
        }

        assertThat(plan(standalone).keys())
                .containsExactly(
                        "tmansvc",
                        "cxprocessserver",
                        "InMage PushInstall",
                        "LogUpload",
                        "svagents",
                        "obengine",
                        "InMage Scout Application Service",
                        "ProcessServer",
                        "ProcessServerMonitor");
    }

    @Test
    void startsWhatAServiceDependsOnFirstAndSaysWhy() {
        standalone.service(AsrService.TMANSVC).stopped(1068L).dependsOn("MIDDLE", "RpcSs");
        standalone.service("RpcSs");
        standalone.service("Middle").stopped(1068L).dependsOn("Root");
        standalone.service("Root").stopped(0L);

        ServerPlan plan = plan(standalone);

        assertThat(plan.keys()).containsExactly("Root", "Middle", "tmansvc");
        assertThat(plan.steps())
                .extracting(Step::why)
                .containsExactly(
                        "Middle depends on it", "tmansvc depends on it", "services.running: a standalone needs it");
    }

    @Test
    void respectsAStopByAPersonWhoSetTheStartTypeAfterwards() {
        standalone.service(AsrService.TMANSVC).stopped(0L);
        standalone.eventBy("LAB\\alice", 7040, Duration.ofMinutes(19), "tmansvc", "auto start", "demand start");
        standalone.eventBy("LAB\\alice", 7042, Duration.ofMinutes(20), "tmansvc", "stop");

        ServerPlan plan = plan(standalone);

        assertThat(plan.keys()).isEmpty();
        assertThat(plan.heldBack()).extracting(HeldBack::guard).containsExactly("stopped-by-person");
    }

    @ParameterizedTest
    @CsvSource({
        "7011, 0, true",
        "7023, 0, true",
        "7024, 1, true",
        "7031, 2, true",
        "7034, 1, true",
        "7034, 3, false",
        "7024, 19, false",
        "7000, 0, false",
        "7001, 1, false"
    })
    void respectsAStopByAPersonThatTheServiceEndedWithAnError(int id, long minutesAfter, boolean respected) {
        standalone.service(AsrService.TMANSVC).stopped(1067L);
        standalone.event(id, Duration.ofMinutes(20 - minutesAfter), "tmansvc", "1");
        standalone.eventBy("LAB\\alice", 7042, Duration.ofMinutes(20), "tmansvc", "stop");

        assertThat(plan(standalone).heldBack())
                .extracting(HeldBack::guard)
                .containsExactlyElementsOf(respected ? List.of("stopped-by-person") : List.of());
    }

    @Test
    void startsNothingThatWouldBringUpWhatAPersonHasStopped() {
        standalone.service(AsrService.TMANSVC).stopped(1068L).dependsOn("Middle");
        standalone.service("Middle").stopped(1068L).dependsOn("Root");
        standalone.service("Root").stopped(0L);
        standalone.eventBy("LAB\\alice", 7042, Duration.ofMinutes(20), "Root", "stop");

        ServerPlan plan = plan(standalone);

        assertThat(plan.keys()).isEmpty();
        assertThat(plan.heldBack().getFirst().reason())
                .startsWith("it depends on Root, which LAB\\alice stopped at ")
                .endsWith("that is respected for 24 h (guardRails.humanStop)");
    }

    @Test
    void startsASharedDependencyOnce() {
        standalone.service(AsrService.TMANSVC).stopped(0L).dependsOn("Shared");
        standalone.service(AsrService.PROCESS_SERVER).stopped(0L).dependsOn("SHARED");
        standalone.service("Shared").stopped(0L);

        assertThat(plan(standalone).keys()).containsExactly("Shared", "tmansvc", "ProcessServer");
    }

    @Test
    void letsADependencyGoBeforeTheVendorsOrder() {
        standalone.service(AsrService.CX_PROCESS_SERVER).stopped(0L).dependsOn("ProcessServer");
        standalone.service(AsrService.PROCESS_SERVER).stopped(0L);

        assertThat(plan(standalone).keys()).containsExactly("ProcessServer", "cxprocessserver");
    }

    @Test
    void resumesPausedServicesAndPausedDependencies() {
        standalone.service(AsrService.TMANSVC).state(ServiceState.PAUSED);
        standalone.service(AsrService.PROCESS_SERVER).stopped(0L).dependsOn("Below");
        standalone.service("Below").state(ServiceState.PAUSED);

        assertThat(plan(standalone).steps())
                .extracting(Step::action, Step::target)
                .containsExactly(
                        tuple(Step.Action.RESUME, "tmansvc"),
                        tuple(Step.Action.RESUME, "Below"),
                        tuple(Step.Action.START, "ProcessServer"));
    }

    @Test
    void leavesServicesAloneThatTheDeploymentDoesNotNeed() {
        standalone.service(AsrService.MYSQL).stopped(0L);
        standalone.service("Spooler").stopped(0L);

        assertThat(plan(standalone).steps()).isEmpty();
    }

    @Test
    void holdsBackADisabledService() {
        standalone.service(AsrService.TMANSVC).stopped(0L).startType(StartType.DISABLED);

        assertHeldBack("disabled", "sc.exe config \"tmansvc\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TMANSVC", "shown as this"})
    void holdsBackAServiceThatThePolicyNamesWhetherDisabledOrNot(String named) {
        standalone.service(AsrService.TMANSVC).stopped(0L).displayName("Shown as this");
        assertHeldBack(onPurpose(named), "disabled-on-purpose", "policy");

        standalone.service(AsrService.TMANSVC).startType(StartType.DISABLED);
        assertHeldBack(onPurpose(named), "disabled-on-purpose", "policy");
    }

    @ParameterizedTest
    @EnumSource(
            value = ServiceState.class,
            names = {"START_PENDING", "STOP_PENDING", "CONTINUE_PENDING", "PAUSE_PENDING"})
    void holdsBackAServiceInTransit(ServiceState state) {
        standalone.service(AsrService.TMANSVC).state(state);

        assertHeldBack("in-transit", "PID 4711");
    }

    @Test
    void holdsBackAServiceWhoseStateIsUnknown() {
        standalone.service(AsrService.TMANSVC).state(ServiceState.UNKNOWN);

        assertHeldBack("unknown-state", "could not be read");
    }

    @Test
    void holdsBackAServiceWhoseDependenciesFormACircle() {
        standalone.service(AsrService.TMANSVC).stopped(1059L).dependsOn("A");
        standalone.service("A").stopped(1059L).dependsOn("B");
        standalone.service("B").stopped(1059L).dependsOn("a");

        assertHeldBack("dependency-circle", "A > B > A");
    }

    @Test
    void holdsBackAServiceThatDependsOnItself() {
        standalone.service(AsrService.TMANSVC).stopped(1059L).dependsOn("TManSvc");

        assertHeldBack("dependency-circle", "tmansvc > tmansvc");
    }

    @Test
    void holdsBackAServiceWhoseDependencyIsMissingHoweverFarDown() {
        standalone.service(AsrService.TMANSVC).stopped(1075L).dependsOn("A");
        standalone.service("A").stopped(1075L).dependsOn("Gone");

        assertHeldBack("dependency-missing", "Gone, which is not installed");
    }

    @Test
    void holdsBackAServiceWhoseDependencyIsDisabledHoweverFarDown() {
        standalone.service(AsrService.TMANSVC).stopped(1068L).dependsOn("A");
        standalone.service("A").stopped(1068L).dependsOn("B");
        standalone.service("B").stopped(0L).startType(StartType.DISABLED);

        assertHeldBack("dependency-disabled", "B, which is disabled");
    }

    @Test
    void doesNotMindADisabledDependencyThatRuns() {
        standalone.service(AsrService.TMANSVC).stopped(0L).dependsOn("A");
        standalone.service("A").startType(StartType.DISABLED);

        assertThat(plan(standalone).keys()).containsExactly("tmansvc");
    }

    @Test
    void doesNotMindWhatLiesBelowADependencyThatRuns() {
        standalone.service(AsrService.TMANSVC).stopped(0L).dependsOn("A");
        standalone.service("A").dependsOn("B", "Gone");
        standalone.service("B").stopped(0L).startType(StartType.DISABLED);

        assertThat(plan(standalone).keys()).containsExactly("tmansvc");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none", "0"})
    void namesNoProcessWhereNoneIsKnown(Long processId) {
        standalone.service(AsrService.TMANSVC).state(ServiceState.START_PENDING).processId(processId);

        assertHeldBack("in-transit", "end its process by hand");
    }

    @Test
    void neverStartsADependencyThatThePolicySaysIsDisabledOnPurpose() {
        standalone.service(AsrService.TMANSVC).stopped(1068L).dependsOn("A");
        standalone.service("A").stopped(0L).startType(StartType.MANUAL);

        assertHeldBack(onPurpose("a"), "dependency-disabled", "A, which the policy says is disabled on purpose");
    }

    @ParameterizedTest
    @EnumSource(
            value = ServiceState.class,
            names = {"STOP_PENDING", "PAUSE_PENDING", "UNKNOWN"})
    void holdsBackAServiceWhoseDependencyIsOnItsWayDownOrUnknown(ServiceState state) {
        standalone.service(AsrService.TMANSVC).stopped(1068L).dependsOn("A");
        standalone.service("A").state(state);

        assertHeldBack("dependency-in-transit", "depends on A");
    }

    @Test
    void plansDependenciesFirstNothingDisabledAndNothingThatRuns() {
        int planned = 0;
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            ServerMaker server = randomServer(random);
            Map<String, ServiceFact> facts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            server.serviceFacts().forEach(fact -> facts.put(fact.name(), fact));
            Policy policy = onPurpose(random.nextInt(3) == 0 ? "tmansvc" : "nothing", "W1");

            ServerPlan plan = RemedyPlanner.plan(ResolvedServer.asSaid(server.server()), server.facts(), policy);

            List<String> order = plan.keys();
            planned += order.size();
            assertThat(order).as("seed %d", seed).doesNotHaveDuplicates();
            for (Step step : plan.steps()) {
                ServiceFact fact = facts.get(step.target());
                assertThat(fact.startType()).as("seed %d: %s", seed, step).isNotEqualTo(StartType.DISABLED);
                assertThat(policy.get(ServiceLimits.DISABLED_ON_PURPOSE))
                        .as("seed %d", seed)
                        .doesNotContain(fact.name());
                assertThat(fact.state())
                        .as("seed %d: %s", seed, step)
                        .isEqualTo(step.action() == Step.Action.RESUME ? ServiceState.PAUSED : ServiceState.STOPPED);
                for (String name : fact.dependsOn()) {
                    ServiceFact dependency = facts.get(name);
                    assertThat(dependency).as("seed %d: %s", seed, step).isNotNull();
                    if (dependency.state() == ServiceState.STOPPED) {
                        assertThat(order.subList(0, order.indexOf(step.target())))
                                .as("seed %d: before %s", seed, step.target())
                                .contains(dependency.name());
                    }
                }
            }
            assertThat(plan.heldBack()).as("seed %d", seed).allSatisfy(held -> {
                assertThat(order).doesNotContain(held.target());
                assertThat(held.reason()).isNotBlank();
            });
            long down = server.server().deployment().required().stream()
                    .map(required -> facts.get(required.name()))
                    .filter(fact -> fact.state() != ServiceState.RUNNING)
                    .filter(fact -> order.contains(fact.name())
                            == plan.heldBack().stream()
                                    .anyMatch(held -> held.target().equals(fact.name())))
                    .count();
            assertThat(down)
                    .as("seed %d: neither planned nor held back, or both", seed)
                    .isZero();
        }
        assertThat(planned).isGreaterThan(500);
    }

    private static ServerMaker randomServer(Random random) {
        List<Deployment> deployments = List.copyOf(Products.shipped().words().values());
        ServerMaker server = ServerMaker.healthy(deployments.get(random.nextInt(deployments.size())));
        List.of("W0", "W1", "W2", "W3").forEach(server::service);
        List<String> names =
                server.serviceFacts().stream().map(ServiceFact::name).toList();
        for (String name : names) {
            ServiceMaker service = server.service(name);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> service.stopped(0L);
                case 3 -> service.state(STATES.get(random.nextInt(STATES.size())));
                default -> service.state(ServiceState.RUNNING);
            }
            if (random.nextInt(10) == 0) {
                service.startType(StartType.DISABLED);
            }
            switch (random.nextInt(8)) {
                case 0, 1 -> service.dependsOn(names.get(random.nextInt(names.size())));
                case 2 ->
                    service.dependsOn(
                            names.get(random.nextInt(names.size())),
                            random.nextInt(6) == 0 ? "Gone" : "w" + random.nextInt(4));
                default -> service.dependsOn();
            }
        }
        return server;
    }

    @Test
    void holdsBackWhatAPersonMayHaveStoppedWhereTheEventLogCouldNotBeRead() {
        standalone.service(AsrService.TMANSVC).stopped(0L);
        standalone.eventsError("Access denied");
        assertHeldBack("stop-unread", "nobody knows whether a person stopped it");
    }

    @Test
    void holdsBackWhatNeedsAServiceThatAPersonMayHaveStopped() {
        standalone.service(AsrService.TMANSVC).state(ServiceState.PAUSED).dependsOn("Root");
        standalone.service("Root").stopped(0L);
        standalone.eventsError("Access denied");
        assertHeldBack("dependency-stop-unread", "it depends on Root, and nobody knows whether a person stopped that");
    }

    @Test
    void aClosedEventLogIsNoReasonWhereAPersonsStopIsNotRespected() {
        standalone.service(AsrService.TMANSVC).stopped(0L);
        standalone.eventsError("Access denied");
        Policy policy = Policy.DEFAULT.with(RailLimits.HUMAN_STOP, Duration.ZERO);
        assertThat(RemedyPlanner.plan(ResolvedServer.asSaid(standalone.server()), standalone.facts(), policy)
                        .keys())
                .containsExactly("tmansvc");
    }

    @Test
    void respectsAnyStopByAPersonWhereTheServersClockCouldNotBeRead() {
        standalone.service(AsrService.TMANSVC).stopped(0L);
        standalone.eventBy("LAB\\alice", 7042, Duration.ofDays(9), "tmansvc", "stop");
        assertThat(plan(standalone).keys()).containsExactly("tmansvc");
        standalone.withoutHost();
        assertHeldBack("stopped-by-person", "LAB\\alice stopped it");
    }

    @Test
    void holdsBackAServiceWhoseSettingsCouldNotBeRead() {
        standalone.service(AsrService.TMANSVC).stopped(0L).startType(null);
        assertHeldBack("settings-unread", "nobody knows whether it is disabled and what it depends on");
    }

    @Test
    void holdsBackWhatDependsOnAServiceWhoseSettingsCouldNotBeRead() {
        standalone.service(AsrService.TMANSVC).stopped(0L).dependsOn("Root");
        standalone.service("Root").stopped(0L).startType(null);
        assertHeldBack("dependency-settings-unread", "it depends on Root, whose settings could not be read");
    }

    private static Policy waiving(String subject) {
        return Policy.DEFAULT.with(List.of(new Waiver(
                "services.running", "ps*", subject, "stays down until CHG8", LocalDate.parse("2099-12-24"))));
    }

    @Test
    void holdsBackWhatThePolicyBears() {
        standalone.service(AsrService.TMANSVC).stopped(0L);
        assertHeldBack(
                waiving(null), "waived", "the policy bears it until 2099-12-24: stays down until CHG8 (waivers)");
        assertHeldBack(waiving("TMANSVC"), "waived", "stays down until CHG8");
        assertThat(RemedyPlanner.plan(
                                ResolvedServer.asSaid(standalone.server()), standalone.facts(), waiving("svagents"))
                        .keys())
                .containsExactly("tmansvc");
    }

    @Test
    void holdsBackWhatWouldBringUpAServiceThatThePolicyBears() {
        standalone.service(AsrService.TMANSVC).stopped(0L).dependsOn("ProcessServer");
        standalone.service(AsrService.PROCESS_SERVER).stopped(0L);
        ServerPlan plan = RemedyPlanner.plan(
                ResolvedServer.asSaid(standalone.server()), standalone.facts(), waiving("ProcessServer"));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.heldBack()).extracting(HeldBack::guard).containsExactly("dependency-waived", "waived");
    }

    @Test
    void holdsBackWhatThePolicyDoesNotLookAt() {
        standalone.service(AsrService.TMANSVC).stopped(0L);
        Policy blind = new Policy(Map.of(), Set.of("services.running"), List.of());
        assertHeldBack(blind, "check-disabled", "the policy leaves services.running out (checks.disabled)");
    }

    @Test
    void tellsAWaivedStartTypeAndLeavesIt() {
        standalone.service(AsrService.TMANSVC).startType(StartType.MANUAL);
        Policy policy = Policy.DEFAULT
                .with(Remedy.SET_START_TYPE.setting(), RemedyMode.APPLY)
                .with(List.of(
                        new Waiver("services.start-type", "*", null, "set by hand", LocalDate.parse("2099-12-24"))));
        ServerPlan plan = RemedyPlanner.plan(ResolvedServer.asSaid(standalone.server()), standalone.facts(), policy);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.heldBack())
                .extracting(HeldBack::target, HeldBack::guard)
                .containsExactly(tuple("tmansvc", "waived"));
    }

    @Test
    void aRestartAsksWhatRunsOnTopWhetherItMayStartAgain() {
        ServiceMaker engine = standalone.service(AsrService.MARS_AGENT);
        standalone.service("Helper").dependsOn("OBENGINE");
        standalone.service("Top").dependsOn("helper");
        assertThat(staysDown(Policy.DEFAULT)).isEmpty();
        standalone.service("Top").startType(StartType.DISABLED);
        assertThat(staysDown(Policy.DEFAULT)).contains("dependant-disabled");
        standalone.service("Top").startType(null);
        assertThat(staysDown(Policy.DEFAULT)).contains("dependant-settings-unread");
        standalone.service("Top").startType(StartType.MANUAL).stopped(0L);
        assertThat(staysDown(Policy.DEFAULT)).isEmpty();
        engine.startType(StartType.DISABLED);
        assertThat(staysDown(Policy.DEFAULT)).contains("disabled");
        engine.startType(null);
        assertThat(staysDown(Policy.DEFAULT)).contains("settings-unread");
        engine.startType(StartType.AUTOMATIC);
        assertThat(staysDown(Policy.DEFAULT.with(ServiceLimits.DISABLED_ON_PURPOSE, Set.of("obengine"))))
                .contains("disabled-on-purpose");
        engine.dependsOn("Below");
        assertThat(staysDown(Policy.DEFAULT)).contains("dependency-missing");
        standalone.service("Below").startType(StartType.DISABLED);
        assertThat(staysDown(Policy.DEFAULT))
                .as("what runs need not be started")
                .isEmpty();
        standalone.service("Below").stopped(0L);
        assertThat(staysDown(Policy.DEFAULT)).contains("dependency-disabled");
    }

    private Optional<String> staysDown(Policy policy) {
        Patient patient = Patient.of(ResolvedServer.asSaid(standalone.server()), standalone.facts(), policy);
        ServicesFacts services = patient.services();
        assertThat(services).isNotNull();
        return ServiceGuardRails.staysDown(services.named("obengine").orElseThrow(), patient, services)
                .map(Objection::guard);
    }

    private void assertHeldBack(String guard, String words) {
        assertHeldBack(Policy.DEFAULT, guard, words);
    }

    private void assertHeldBack(Policy policy, String guard, String words) {
        ServerPlan plan = RemedyPlanner.plan(ResolvedServer.asSaid(standalone.server()), standalone.facts(), policy);

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.heldBack()).singleElement().satisfies(held -> {
            assertThat(held.target()).isEqualTo("tmansvc");
            assertThat(held.guard()).isEqualTo(guard);
            assertThat(held.reason()).contains(words);
        });
    }

    private static Policy onPurpose(String... names) {
        return Policy.DEFAULT.with(ServiceLimits.DISABLED_ON_PURPOSE, Set.of(names));
    }

    private static ServerPlan plan(ServerMaker server) {
        return RemedyPlanner.plan(ResolvedServer.asSaid(server.server()), server.facts(), Policy.DEFAULT);
    }
}
