package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.ServerMaker;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServicesStartTypeTest {
    private static final ServicesStartType CHECK = new ServicesStartType();

    @ParameterizedTest
    @EnumSource(
            value = StartType.class,
            names = {"AUTOMATIC", "AUTOMATIC_DELAYED"})
    void passesWithEitherKindOfAutomaticStart(StartType startType) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.TMANSVC).startType(startType);

        Finding finding = only(judge(server));

        assertThat(finding.status()).isEqualTo(Status.PASS);
        assertThat(finding.evidence()).containsEntry("automatic", 8);
    }

    @ParameterizedTest
    @CsvSource({"MANUAL, Manual", "DISABLED, Disabled", "BOOT, Boot", "SYSTEM, System"})
    void failsAnyOtherStartTypeEvenWhileTheServiceRuns(StartType startType, String words) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.TMANSVC).startType(startType);

        Finding finding = only(judge(server));

        assertThat(finding.subject()).isEqualTo("tmansvc");
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.title()).contains("start type " + words);
        assertThat(finding.evidence()).containsEntry("problem", "wrong-start-type");
        assertThat(finding.nextAction()).contains("sc.exe config \"tmansvc\" start= delayed-auto");
    }

    @ParameterizedTest
    @EnumSource(
            value = AsrService.class,
            names = {"VX_AGENT", "APPLICATION_SERVICE"})
    void asksForTheRegistrationFirstWhenAnAgentIsManual(AsrService agent) {
        ServerMaker server = ServerMaker.healthy(Deployment.SOURCE_MACHINE);
        server.service(agent).startType(StartType.MANUAL);

        assertThat(only(judge(server)).nextAction()).contains("check the registration");
    }

    @ParameterizedTest
    @EnumSource
    void doesNotJudgeTheMarsAgent(StartType startType) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.MARS_AGENT).startType(startType);

        assertThat(only(judge(server)).status()).isEqualTo(Status.PASS);
    }

    @Test
    void doesNotJudgeMySqlOnAStandaloneServer() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.MYSQL).startType(StartType.MANUAL);

        assertThat(only(judge(server)).status()).isEqualTo(Status.PASS);
    }

    @Test
    void saysUnknownOfAStartTypeThatCouldNotBeRead() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.TMANSVC).startType(null);

        Finding finding = only(judge(server));

        assertThat(finding.status()).isEqualTo(Status.UNKNOWN);
        assertThat(finding.evidence()).isNotEmpty().doesNotContainKey("startType");
        assertThat(finding.nextAction()).isNotBlank();
    }

    @Test
    void skipsWhatThePolicySaysIsDisabledOnPurposeByEitherName() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.TMANSVC).startType(StartType.DISABLED);
        server.service(AsrService.LOG_UPLOAD).startType(StartType.DISABLED).displayName("Log Upload Service");
        Policy policy = Policy.DEFAULT.with(ServiceLimits.DISABLED_ON_PURPOSE, Set.of("TManSvc", "log upload service"));

        assertThat(CHECK.judge(server.facts(), ResolvedServer.asSaid(server.server()), policy))
                .extracting(Finding::status)
                .containsExactlyInAnyOrder(Status.PASS, Status.SKIPPED, Status.SKIPPED);
    }

    @Test
    void doesNotExcuseAManualServiceThatThePolicyNames() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.TMANSVC).stopped(0L).startType(StartType.MANUAL);
        Policy policy = Policy.DEFAULT.with(ServiceLimits.DISABLED_ON_PURPOSE, Set.of("tmansvc"));

        assertThat(only(CHECK.judge(server.facts(), ResolvedServer.asSaid(server.server()), policy))
                        .status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void leavesMissingServicesToTheOtherCheck() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE).without(AsrService.TMANSVC);
        assertThat(only(judge(server)).evidence()).containsEntry("automatic", 7);

        assertThat(only(CHECK.judge(
                                server.facts(List.<ServiceFact>of()),
                                ResolvedServer.asSaid(server.server()),
                                Policy.DEFAULT))
                        .status())
                .isEqualTo(Status.SKIPPED);
    }

    @Test
    void judgesTheStartTypeWhateverTheState() {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        server.service(AsrService.TMANSVC).state(ServiceState.UNKNOWN);

        assertThat(only(judge(server)).status()).isEqualTo(Status.PASS);
    }

    @Test
    void saysUnknownWhenTheAreaCouldNotBeRead() {
        Finding finding = only(CHECK.judge(
                ServerMaker.unreadable(),
                ResolvedServer.asSaid(ServerMaker.server(Deployment.STANDALONE)),
                Policy.DEFAULT));

        assertThat(finding.status()).isEqualTo(Status.UNKNOWN);
        assertThat(finding.evidence()).containsEntry("errorId", "AccessDenied");
        assertThat(finding.nextAction()).isNotBlank();
    }

    private static List<Finding> judge(ServerMaker server) {
        return CHECK.judge(server.facts(), ResolvedServer.asSaid(server.server()), Policy.DEFAULT);
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }
}
