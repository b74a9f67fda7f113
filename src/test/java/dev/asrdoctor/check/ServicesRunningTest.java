package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.ServerMaker;
import dev.asrdoctor.testing.ServiceMaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServicesRunningTest {
    private static final ServicesRunning CHECK = new ServicesRunning();
    private static final Policy ON_PURPOSE =
            Policy.DEFAULT.with(ServiceLimits.DISABLED_ON_PURPOSE, Set.of("LOGUPLOAD"));
    private static final Duration BOOTED_LONG_AGO = Duration.ofDays(9);

    @ParameterizedTest
    @MethodSource("dev.asrdoctor.testing.ServerMaker#deployments")
    void passesOnceWhenEveryRequiredServiceRuns(Deployment deployment) {
        List<Finding> findings = judge(ServerMaker.healthy(deployment));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(Status.PASS);
            assertThat(finding.evidence())
                    .containsEntry("running", deployment.required().size());
            assertThat(finding.nextAction()).isNull();
        });
    }

    static Stream<Arguments> situations() {
        return Stream.of(
                situation("ordinary stop", s -> s.stopped(0L), Status.FAIL, "stopped", "ended in the ordinary way"),
                situation("unread exit code", s -> s.stopped(null), Status.FAIL, "stopped", "is stopped"),
                situation("crash", s -> s.stopped(1067L), Status.FAIL, "crashed", "has crashed and is stopped"),
                situation(
                        "refused logon",
                        s -> s.stopped(1069L),
                        Status.FAIL,
                        "ended-with-error",
                        "error 1069: the logon of its account failed"),
                situation(
                        "own error code",
                        s -> s.stoppedWithItsOwn(4242),
                        Status.FAIL,
                        "ended-with-error",
                        "its own error code 4242"),
                situation(
                        "unknown error code",
                        s -> s.stopped(0x80070005L),
                        Status.FAIL,
                        "ended-with-error",
                        "error 0x80070005"),
                situation(
                        "never started",
                        s -> s.stopped(1077L),
                        Status.FAIL,
                        "never-started",
                        "not started since the last boot"),
                situation(
                        "disabled",
                        s -> s.stopped(0L).startType(StartType.DISABLED),
                        Status.FAIL,
                        "disabled",
                        "is disabled"),
                situation("paused", s -> s.state(ServiceState.PAUSED), Status.FAIL, "paused", "is paused"),
                situation(
                        "unknown state",
                        s -> s.state(ServiceState.UNKNOWN),
                        Status.UNKNOWN,
                        "unknown-state",
                        "could not be read"),
                situation(
                        "missing dependency",
                        s -> s.stopped(1075L).dependsOn("Gone"),
                        Status.FAIL,
                        "dependency-not-running",
                        "depends on Gone"));
    }

    private static Arguments situation(
            String name, Consumer<ServiceMaker> change, Status status, String problem, String words) {
        return Arguments.argumentSet(name, change, status, problem, words);
    }

    @ParameterizedTest
    @MethodSource("situations")
    void namesWhatKeepsAServiceFromRunning(Consumer<ServiceMaker> change, Status status, String problem, String words) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        change.accept(server.service(AsrService.CX_PROCESS_SERVER));

        Finding finding = only(judge(server));

        assertThat(finding.subject()).isEqualTo("cxprocessserver");
        assertThat(finding.status()).isEqualTo(status);
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.evidence()).containsEntry("problem", problem);
        assertThat(finding.title()).contains(words);
        assertActionable(finding);
    }

    @Test
    void failsWhenARequiredServiceIsNotInstalled() {
        Finding finding = only(judge(ServerMaker.healthy(Deployment.STANDALONE).without(AsrService.MARS_AGENT)));

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.subject()).isEqualTo("obengine");
        assertThat(finding.evidence()).containsEntry("problem", "not-installed");
        assertActionable(finding);
    }

    @Test
    void skipsTheTwoServicesThatAnOlderVersionLacks() {
        List<Finding> findings = judge(ServerMaker.healthy(Deployment.STANDALONE)
                .without(AsrService.PROCESS_SERVER, AsrService.PROCESS_SERVER_MONITOR));

        assertThat(findings).extracting(Finding::status).containsExactly(Status.PASS, Status.SKIPPED, Status.SKIPPED);
        assertThat(findings.getFirst().evidence()).containsEntry("running", 7);
    }

    @ParameterizedTest
    @EnumSource(
            value = AsrService.class,
            names = {"PROCESS_SERVER", "PROCESS_SERVER_MONITOR"})
    void failsWhenOnlyOneOfTheTwoLaterServicesIsMissing(AsrService gone) {
        Finding finding = only(judge(ServerMaker.healthy(Deployment.STANDALONE).without(gone)));

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.subject()).isEqualTo(gone.serviceName());
    }

    @Test
    void takesAServerWithoutAnyProcessServerServiceForBrokenAndNotForOlder() {
        List<Finding> findings = judge(ServerMaker.healthy(Deployment.AZURE_FAILBACK)
                .without(AsrService.PROCESS_SERVER, AsrService.PROCESS_SERVER_MONITOR, AsrService.CX_PROCESS_SERVER));

        assertThat(findings).hasSize(3).extracting(Finding::status).containsOnly(Status.FAIL);
    }

    @Test
    void skipsAServiceThatThePolicySaysIsDisabledOnPurpose() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.LOG_UPLOAD).stopped(0L).startType(StartType.DISABLED);

        assertThat(judge(server, ON_PURPOSE)).extracting(Finding::status).containsExactly(Status.PASS, Status.SKIPPED);
    }

    @Test
    void stillFailsAServiceThatThePolicyNamesWhenItIsNotDisabledButStopped() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.LOG_UPLOAD).stopped(0L);

        assertThat(only(judge(server, ON_PURPOSE)).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void doesNotPassWhenEveryRequiredServiceIsDisabledOnPurpose() {
        ServerMaker server = ServerMaker.healthy(Deployment.SOURCE_MACHINE);
        server.service(AsrService.VX_AGENT).stopped(0L).startType(StartType.DISABLED);
        server.service(AsrService.APPLICATION_SERVICE).stopped(0L).startType(StartType.DISABLED);
        Policy policy = Policy.DEFAULT.with(
                ServiceLimits.DISABLED_ON_PURPOSE, Set.of("svagents", "InMage Scout Application Service"));

        assertThat(judge(server, policy)).extracting(Finding::status).containsOnly(Status.SKIPPED);
    }

    @Test
    void countsCrashesInTheEventLogByEitherName() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.PROCESS_SERVER).stopped(1067L).displayName("Process Server");
        server.event(7031, Duration.ofMinutes(5), "Process Server", "3")
                .event(7034, Duration.ofMinutes(50), "PROCESSSERVER", "2")
                .event(7034, Duration.ofMinutes(55), "cxprocessserver", "1")
                .event(7036, Duration.ofMinutes(56), "Process Server", "stopped")
                .event(7031, Duration.ofMinutes(90), "Process Server", "1");

        Finding finding = only(judge(server));

        assertThat(finding.title()).contains("crashed 3 times in 24 hours");
        assertThat(finding.evidence())
                .containsEntry("problem", "crashed")
                .containsEntry("crashes", 3)
                .containsEntry(
                        "lastCrash", server.now().minus(Duration.ofMinutes(5)).toString());
        assertThat(finding.nextAction()).contains("crash again");
    }

    @Test
    void tellsACrashFromTheEventLogAloneWhenTheExitCodeIsUnread() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.PROCESS_SERVER).stopped(null);
        server.event(7034, Duration.ofMinutes(5), "ProcessServer", "1");

        assertThat(only(judge(server)).evidence()).containsEntry("problem", "crashed");
    }

    @Test
    void namesTheRootOfAChainOfDependencies() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.TMANSVC).stopped(1068L).dependsOn("RpcSs", "Middle");
        server.service("RpcSs");
        server.service("Middle").stopped(1068L).dependsOn("root");
        server.service("Root").stopped(1069L);

        Finding finding = only(judge(server));

        assertThat(finding.evidence())
                .containsEntry("problem", "dependency-not-running")
                .containsEntry("blockedBy", List.of("Middle", "root"))
                .containsEntry("rootCause", "root");
        assertThat(finding.nextAction()).contains("Start root first");
    }

    static Stream<Arguments> dependencies() {
        return Stream.of(
                dependency("stopped", s -> s.stopped(0L), "which does not run", "Start Below first"),
                dependency("paused", s -> s.state(ServiceState.PAUSED), "which is paused", "Start Below first"),
                dependency(
                        "disabled",
                        s -> s.stopped(0L).startType(StartType.DISABLED),
                        "which is disabled",
                        "Find out who disabled Below"),
                dependency(
                        "on purpose",
                        s -> s.stopped(0L).displayName("LogUpload"),
                        "which does not run",
                        "take it out there"),
                dependency(
                        "unread", s -> s.state(ServiceState.UNKNOWN), "whose state could not be read", "sc.exe query"),
                dependency(
                        "starting",
                        s -> s.state(ServiceState.START_PENDING),
                        "which is still starting",
                        "Check again in 2 min"),
                dependency("stopping", s -> s.state(ServiceState.STOP_PENDING), "which is stopping", "Check again"),
                dependency("pausing", s -> s.state(ServiceState.PAUSE_PENDING), "which is pausing", "Check again"),
                dependency("not installed", s -> s.name("Other"), "which is not installed", "why Below is gone"));
    }

    private static Arguments dependency(String name, Consumer<ServiceMaker> change, String words, String advice) {
        return Arguments.argumentSet(name, change, words, advice);
    }

    @ParameterizedTest
    @MethodSource("dependencies")
    void advisesOnlyWhatCanBeDoneAboutADependency(Consumer<ServiceMaker> change, String words, String advice) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.TMANSVC).stopped(1068L).dependsOn("Below");
        change.accept(server.service("Below"));

        Finding finding = only(judge(server, ON_PURPOSE));

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.title()).contains(words);
        assertThat(finding.nextAction()).contains(advice);
    }

    @ParameterizedTest
    @CsvSource({"START_PENDING, AUTOMATIC, WARN", "STOPPED, MANUAL, WARN", "STOPPED, DISABLED, FAIL"})
    void waitsForADelayedStartUnlessADependencyWillNeverComeUp(
            ServiceState state, StartType startType, Status expected) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE).bootedFor(Duration.ofMinutes(1));
        server.service(AsrService.TMANSVC).stopped(1077L).dependsOn("Below");
        server.service("Below").state(state).startType(startType);

        assertThat(only(judge(server)).status()).isEqualTo(expected);
    }

    @Test
    void tellsThatTheEventLogCouldNotBeRead() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE).eventsError("Unauthorized");
        server.service(AsrService.TMANSVC).stopped(1067L);

        assertThat(only(judge(server)).evidence()).containsEntry("eventsError", "Unauthorized");
    }

    @Test
    void endsTheChainWhereDependenciesFormACircle() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.TMANSVC).stopped(1059L).dependsOn("A");
        server.service("A").stopped(1059L).dependsOn("B");
        server.service("B").stopped(1059L).dependsOn("A", "tmansvc");

        assertThat(only(judge(server)).evidence()).containsEntry("blockedBy", List.of("A", "B"));
    }

    @ParameterizedTest
    @CsvSource({"AUTOMATIC_DELAYED, 90, WARN", "AUTOMATIC_DELAYED, 301, FAIL", "AUTOMATIC, 90, FAIL"})
    void givesOnlyADelayedStartTimeAfterTheBoot(StartType startType, long bootedSeconds, Status expected) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE).bootedFor(Duration.ofSeconds(bootedSeconds));
        server.service(AsrService.CX_PROCESS_SERVER).stopped(1077L).startType(startType);

        Finding finding = only(judge(server));

        assertThat(finding.status()).isEqualTo(expected);
        assertThat(finding.evidence())
                .containsEntry("problem", expected == Status.WARN ? "not-started-yet" : "never-started");
        assertActionable(finding);
    }

    @ParameterizedTest
    @CsvSource({"1069", "1067", "1066", "2"})
    void givesNoTimeToADelayedStartThatWasTriedAndFailed(long exitCode) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE).bootedFor(Duration.ofMinutes(3));
        server.service(AsrService.CX_PROCESS_SERVER).stopped(exitCode);

        assertThat(only(judge(server)).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void givesNoTimeToADelayedStartThatHasCrashedAlready() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE).bootedFor(Duration.ofMinutes(3));
        server.service(AsrService.CX_PROCESS_SERVER).stopped(1067L);
        server.event(7034, Duration.ofSeconds(20), "cxprocessserver", "1");

        assertThat(only(judge(server)).evidence()).containsEntry("problem", "crashed");
    }

    @ParameterizedTest(name = "{0} for {1} s on a server whose clock is {2} h off: {3}")
    @CsvSource({
        "START_PENDING,    30,   0, WARN",
        "START_PENDING,    30,   7, WARN",
        "START_PENDING,    30,  -7, WARN",
        "START_PENDING,    600,  0, FAIL",
        "START_PENDING,    600,  7, FAIL",
        "START_PENDING,    600, -7, FAIL",
        "STOP_PENDING,     600,  0, FAIL",
        "PAUSE_PENDING,    600,  0, FAIL",
        "CONTINUE_PENDING, 30,   0, WARN"
    })
    void callsAPendingServiceStuckByTheServersOwnClock(
            ServiceState state, long seconds, long hoursOff, Status expected) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE).clockOffset(Duration.ofHours(hoursOff));
        server.service(AsrService.PROCESS_SERVER)
                .state(state)
                .processStartedAt(server.now().minusSeconds(seconds));

        Finding finding = only(judge(server));

        assertThat(finding.status()).isEqualTo(expected);
        assertThat(finding.evidence()).containsEntry("pendingSeconds", seconds);
        assertThat((String) finding.evidence().get("problem"))
                .isEqualTo((expected == Status.FAIL ? "stuck-" : "")
                        + state.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        assertActionable(finding);
    }

    @Test
    void warnsOfAPendingServiceWhoseAgeIsUnread() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.PROCESS_SERVER).state(ServiceState.START_PENDING);

        Finding finding = only(judge(server));

        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.evidence()).doesNotContainKey("pendingSeconds");
    }

    @Test
    void neverMeasuresAnAgeWithTheControllersClock() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE).withoutHost();
        server.service(AsrService.PROCESS_SERVER)
                .state(ServiceState.START_PENDING)
                .processStartedAt(ServerMaker.READ_AT.minus(Duration.ofHours(7)));

        Finding finding = only(judge(server));

        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.evidence()).doesNotContainKey("pendingSeconds");
    }

    @Test
    void takesAgesForUnknownWhenTheServersClockWasSetBack() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE).bootedFor(Duration.ofHours(-2));
        server.service(AsrService.CX_PROCESS_SERVER).stopped(1077L);
        assertThat(only(judge(server)).evidence()).containsEntry("problem", "never-started");

        server.service(AsrService.CX_PROCESS_SERVER)
                .state(ServiceState.STOP_PENDING)
                .processStartedAt(server.now().plusSeconds(9));
        assertThat(only(judge(server)).title()).isEqualTo("cxprocessserver is stopping");
    }

    @Test
    void saysUnknownWhenTheAreaCouldNotBeRead() {
        Finding finding = only(CHECK.judge(
                ServerMaker.unreadable(),
                ResolvedServer.asSaid(ServerMaker.server(Deployment.STANDALONE)),
                Policy.DEFAULT));

        assertThat(finding.status()).isEqualTo(Status.UNKNOWN);
        assertThat(finding.evidence())
                .containsEntry("errorId", "AccessDenied")
                .containsEntry("message", "Zugriff verweigert");
        assertActionable(finding);
    }

    @Test
    void failsAStoppedMarsAgentThoughItMayBeManual() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.MARS_AGENT).startType(StartType.MANUAL);
        assertThat(only(judge(server)).status()).isEqualTo(Status.PASS);

        server.service(AsrService.MARS_AGENT).stopped(0L);
        assertThat(only(judge(server)))
                .extracting(Finding::subject, Finding::status)
                .containsExactly("obengine", Status.FAIL);
    }

    @Test
    void onlyWarnsOfTmansvcOnAnAzureFailbackServer() {
        ServerMaker server = ServerMaker.healthy(Deployment.AZURE_FAILBACK);
        server.service(AsrService.TMANSVC).stopped(0L);

        Finding finding = only(judge(server));

        assertThat(finding.subject()).isEqualTo("tmansvc");
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.severity()).isEqualTo(Severity.LOW);
        assertActionable(finding);
    }

    @Test
    void doesNotJudgeMySqlOnAStandaloneServer() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.MYSQL).stopped(0L).startType(StartType.MANUAL);

        assertThat(only(judge(server)).status()).isEqualTo(Status.PASS);
    }

    @Test
    void needsOnlyTheAgentAndTheApplicationServiceOnASourceMachine() {
        ServerMaker server = ServerMaker.healthy(Deployment.SOURCE_MACHINE);
        server.service(AsrService.PROCESS_SERVER).stopped(0L);
        assertThat(only(judge(server)).status()).isEqualTo(Status.PASS);

        server.without(AsrService.VX_AGENT, AsrService.APPLICATION_SERVICE);
        assertThat(judge(server))
                .extracting(Finding::subject)
                .containsExactlyInAnyOrder("svagents", "InMage Scout Application Service");
    }

    @ParameterizedTest
    @CsvSource({
        "VX_AGENT, InMage Scout VX Agent – Sentinel/Outpost",
        "VX_AGENT, INMAGE SCOUT VX AGENT - SENTINEL/OUTPOST",
        "LOG_UPLOAD, Log Upload Service"
    })
    void findsAServiceByItsDisplayNameWhereTheShortNameDiffers(AsrService service, String displayName) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(service).name("renamed").displayName(displayName);
        assertThat(only(judge(server)).status()).isEqualTo(Status.PASS);

        server.service(service).stopped(0L);
        assertThat(only(judge(server)).subject()).isEqualTo("renamed");
    }

    @Test
    void neverPassesWhileARequiredServiceIsDownAndDoesNotCareForTheirOrder() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            ServerMaker server = randomServer(random);
            Policy policy = random.nextInt(4) == 0 ? ON_PURPOSE : Policy.DEFAULT;
            List<ServiceFact> services = new ArrayList<>(server.serviceFacts());
            Facts facts = server.facts(services);

            List<Finding> findings = CHECK.judge(facts, ResolvedServer.asSaid(server.server()), policy);

            assertThat(findings).as("seed %d", seed).isNotEmpty();
            findings.forEach(ServicesRunningTest::assertActionable);
            boolean passes = findings.stream().anyMatch(finding -> finding.status() == Status.PASS);
            boolean allRun = server.server().deployment().required().stream()
                    .map(AsrService::of)
                    .allMatch(required -> runsOrIsExcused(required, services, policy));
            assertThat(passes && !allRun).as("seed %d: %s", seed, findings).isFalse();

            Collections.shuffle(services, random);
            assertThat(CHECK.judge(server.facts(services), ResolvedServer.asSaid(server.server()), policy))
                    .as("seed %d, shuffled", seed)
                    .isEqualTo(findings);
        }
    }

    private static boolean runsOrIsExcused(AsrService required, List<ServiceFact> services, Policy policy) {
        Optional<ServiceFact> found = services.stream()
                .filter(service -> service.name().equals(required.serviceName()))
                .findFirst();
        if (found.isPresent()) {
            ServiceFact service = found.get();
            return service.state() == ServiceState.RUNNING
                    || (policy == ON_PURPOSE
                            && required == AsrService.LOG_UPLOAD
                            && service.startType() == StartType.DISABLED);
        }
        Set<AsrService> later = Set.of(AsrService.PROCESS_SERVER, AsrService.PROCESS_SERVER_MONITOR);
        return later.contains(required)
                && services.stream()
                        .noneMatch(service ->
                                later.stream().anyMatch(l -> l.serviceName().equals(service.name())));
    }

    private static ServerMaker randomServer(Random random) {
        Deployment[] deployments = ServerMaker.deployments().toArray(Deployment[]::new);
        Deployment deployment = deployments[random.nextInt(deployments.length)];
        ServerMaker server = ServerMaker.healthy(deployment)
                .bootedFor(random.nextBoolean() ? BOOTED_LONG_AGO : Duration.ofMinutes(1))
                .clockOffset(Duration.ofMinutes(random.nextInt(600) - 300));
        List<String> names =
                server.serviceFacts().stream().map(ServiceFact::name).toList();
        Long[] codes = {null, 0L, 2L, 1066L, 1067L, 1069L, 1077L};
        int ills = random.nextInt(4);
        for (int i = 0; i < ills; i++) {
            ServiceMaker service = server.service(names.get(random.nextInt(names.size())));
            service.stopped(codes[random.nextInt(codes.length)])
                    .state(ServiceState.values()[random.nextInt(ServiceState.values().length)])
                    .startType(random.nextInt(8) == 0 ? null : StartType.values()[random.nextInt(6)])
                    .processStartedAt(server.now().minusSeconds(random.nextInt(600)));
            if (random.nextBoolean()) {
                service.dependsOn(names.get(random.nextInt(names.size())), "Gone");
            }
        }
        if (random.nextInt(5) == 0) {
            server.event(7034, Duration.ofMinutes(random.nextInt(60)), names.get(random.nextInt(names.size())), "1");
        }
        if (random.nextInt(6) == 0) {
            server.without(AsrService.PROCESS_SERVER, AsrService.PROCESS_SERVER_MONITOR);
        }
        if (random.nextInt(6) == 0) {
            server.without(AsrService.values()[random.nextInt(AsrService.values().length)]);
        }
        return server;
    }

    private static List<Finding> judge(ServerMaker server) {
        return judge(server, Policy.DEFAULT);
    }

    private static List<Finding> judge(ServerMaker server, Policy policy) {
        return CHECK.judge(server.facts(), ResolvedServer.asSaid(server.server()), policy);
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private static void assertActionable(Finding finding) {
        if (finding.status() != Status.PASS && finding.status() != Status.SKIPPED) {
            assertThat(finding.evidence()).as(finding.title()).isNotEmpty();
            assertThat(finding.nextAction()).as(finding.title()).isNotBlank();
        }
    }
}
