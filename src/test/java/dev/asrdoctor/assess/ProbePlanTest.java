package dev.asrdoctor.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Profile;
import dev.asrdoctor.check.ReadLimits;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.inventory.Replication;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.probe.Request;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.ServerMaker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbePlanTest {
    private static final Server PROCESS_SERVER = with(
            ServerMaker.server("ps1", Deployment.STANDALONE),
            new Replication(null, 9444, "data.ps1.example", null, null, Replication.Cloud.CHINA));
    private static final Server SOURCE = with(
            ServerMaker.server("src", Deployment.SOURCE_MACHINE), new Replication("ps1", null, null, null, null, null));

    private static Server with(Server server, Replication role) {
        return new Server(
                server.name(),
                server.address(),
                server.port(),
                server.deployment(),
                server.site(),
                role,
                server.groups(),
                server.tags(),
                server.connection());
    }

    private static ProbePlan plan(List<String> only, Profile profile, Policy policy, Duration deadline) {
        return new ProbePlan(
                CheckSelection.of(only, List.of(), profile),
                policy,
                profile,
                deadline,
                List.of(PROCESS_SERVER, SOURCE));
    }

    private static ProbePlan full() {
        return plan(List.of(), Profile.FULL, Policy.DEFAULT, Duration.ofSeconds(90));
    }

    @Test
    void asksOnlyForWhatTheChosenChecksNeed() {
        Set<FactArea<?>> areas = plan(List.of("proxy", "time"), Profile.FULL, Policy.DEFAULT, Duration.ofSeconds(90))
                .of(PROCESS_SERVER)
                .areas();
        assertThat(areas)
                .containsExactlyInAnyOrder(
                        FactArea.HOST, FactArea.PRODUCT, FactArea.SERVICES, FactArea.TIME, FactArea.PROXY);
    }

    @Test
    void asksASourceMachineForWhatMakesSenseThere() {
        assertThat(full().of(SOURCE).areas())
                .contains(FactArea.SOURCE, FactArea.TRANSPORT, FactArea.ANTIVIRUS, FactArea.TIME, FactArea.PERFORMANCE)
                .doesNotContain(FactArea.HEARTBEAT, FactArea.CACHE, FactArea.MARS_LOG, FactArea.PROXY);
        assertThat(full().of(PROCESS_SERVER).areas()).doesNotContain(FactArea.SOURCE);
        List<FactArea<?>> ofAppliances =
                List.of(FactArea.APPLIANCE, FactArea.CERTIFICATES, FactArea.SERVING, FactArea.LICENCE);
        assertThat(full().of(PROCESS_SERVER.withDeployment(Deployment.AUTO)).areas())
                .containsExactlyInAnyOrderElementsOf(FactArea.all().stream()
                        .filter(area -> !ofAppliances.contains(area))
                        .toList());
        assertThat(full().of(PROCESS_SERVER.withDeployment(Deployment.AUTO)).others())
                .singleElement()
                .satisfies(other -> assertThat(other.areas())
                        .containsAll(ofAppliances)
                        .contains(FactArea.SOURCE, FactArea.TRANSPORT)
                        .doesNotContain(FactArea.HEARTBEAT, FactArea.CACHE));
    }

    @Test
    void whatMayBelongToAnotherProductIsAskedWhichItIs() {
        assertThat(full().of(SOURCE).others()).singleElement().satisfies(other -> {
            assertThat(other.product().id()).isEqualTo("appliance");
            assertThat(other.areas()).doesNotContain(FactArea.APPLIANCE, FactArea.SERVING);
        });
        assertThat(full().of(PROCESS_SERVER).others()).isEmpty();
        assertThat(ProbePlan.ofServices(PROCESS_SERVER.withDeployment(Deployment.AUTO))
                        .others())
                .singleElement()
                .satisfies(other -> assertThat(other.areas())
                        .containsExactlyInAnyOrder(
                                FactArea.HOST, FactArea.SERVICES, FactArea.PRODUCT, FactArea.APPLIANCE));
    }

    @Test
    void aSourceMachineTriesItsProcessServersDataPort() {
        assertThat(full().of(SOURCE).processServer())
                .isEqualTo(new Request.Address("process-server", "data.ps1.example", 9444));
        assertThat(full().of(PROCESS_SERVER).processServer()).isNull();
    }

    @Test
    void triesTheUrlsOfTheServersCloudAndThePolicys() {
        Policy policy = Policy.DEFAULT.with(ReadLimits.MORE_URLS, Set.of("x.blob.core.chinacloudapi.cn"));
        assertThat(plan(List.of(), Profile.FULL, policy, Duration.ofSeconds(90))
                        .of(PROCESS_SERVER)
                        .urls())
                .extracting(Request.Address::host)
                .containsExactly(
                        "login.chinacloudapi.cn",
                        "login.microsoftonline.cn",
                        "login.partner.microsoftonline.cn",
                        "x.blob.core.chinacloudapi.cn");
        assertThat(full().of(SOURCE).urls()).isEmpty();
    }

    @Test
    void theScriptEndsBeforeTheServersDeadline() {
        for (long seconds : new long[] {10, 30, 90, 600}) {
            Request.Limits limits = plan(List.of(), Profile.FULL, Policy.DEFAULT, Duration.ofSeconds(seconds))
                    .of(PROCESS_SERVER)
                    .limits();
            assertThat(limits.budget()).isLessThan(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void theQuickProfileSamplesShortlyAndTransfersNothing() {
        Request.Limits quick = plan(List.of(), Profile.QUICK, Policy.DEFAULT, Duration.ofSeconds(90))
                .of(SOURCE)
                .limits();
        assertThat(quick.sample()).isLessThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(quick.transferTest()).isZero();
        assertThat(full().of(SOURCE).limits().transferTest()).isPositive();
        Policy without = Policy.DEFAULT.with(ReadLimits.TRANSFER_TEST, false);
        assertThat(plan(List.of(), Profile.FULL, without, Duration.ofSeconds(90))
                        .of(SOURCE)
                        .limits()
                        .transferTest())
                .isZero();
    }

    @Test
    void aDisabledChecksAreaIsNotRead() {
        Policy policy = new Policy(java.util.Map.of(), Set.of("mars.log"), List.of());
        assertThat(plan(List.of(), Profile.FULL, policy, Duration.ofSeconds(90))
                        .of(PROCESS_SERVER)
                        .areas())
                .doesNotContain(FactArea.MARS_LOG);
    }
}
