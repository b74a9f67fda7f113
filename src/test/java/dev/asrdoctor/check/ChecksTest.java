package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.PerformanceFacts;
import dev.asrdoctor.facts.PerformanceFacts.Earlier;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.Waiver;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.ServerMaker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private final ServerMaker broken = ServerMaker.healthy(Deployment.STANDALONE);

    ChecksTest() {
        broken.service(AsrService.TMANSVC).stopped(0L);
    }

    private static Policy waiving(String check, String servers, String subject, LocalDate until) {
        return Policy.DEFAULT.with(List.of(new Waiver(check, servers, subject, "CHG1: known", until)));
    }

    private LocalDate today() {
        return broken.facts().readAt().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private Finding finding(Policy policy, String check) {
        return Checks.judge(broken.facts(), broken.server(), policy).findings().stream()
                .filter(finding -> finding.check().equals(check))
                .filter(finding -> finding.status() != Status.PASS)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWaiverBearsAFindingUntilItsLastDay() {
        Finding waived = finding(waiving("services", "ps*", null, today()), "services.running");
        assertThat(waived.status()).isEqualTo(Status.WAIVED);
        assertThat(waived.evidence())
                .containsEntry("waived", "CHG1: known")
                .containsEntry("waivedStatus", "fail")
                .containsKey("waivedUntil");
        assertThat(waived.nextAction()).isNull();
        assertThat(Checks.judge(
                                broken.facts(),
                                broken.server(),
                                waiving("services", "ps*", null, today()),
                                Set.of("services.running", "services.start-type"))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void anExpiredWaiverBearsNothingAndIsAFindingItself() {
        Policy expired = waiving("services.running", "*", null, today().minusDays(1));
        assertThat(finding(expired, "services.running").status()).isEqualTo(Status.FAIL);
        Finding told = finding(expired, "policy.waivers");
        assertThat(told.status()).isEqualTo(Status.WARN);
        assertThat(told.title()).contains("services.running").contains("CHG1: known");
    }

    @Test
    void aWaiverBearsOnlyWhatItNames() {
        assertThat(Stream.of(
                                waiving("services", "other*", null, today()),
                                waiving("services.start-type", "*", null, today()),
                                waiving("services", "*", "svagents", today()),
                                waiving("serv", "*", null, today()))
                        .map(policy -> finding(policy, "services.running").status()))
                .containsOnly(Status.FAIL);
        assertThat(finding(waiving("services", "*", "TMANSVC", today()), "services.running")
                        .status())
                .isEqualTo(Status.WAIVED);
    }

    @Test
    void aDisabledCheckIsNotJudged() {
        Policy policy = new Policy(java.util.Map.of(), Set.of("services.running"), List.of());
        assertThat(Checks.judge(broken.facts(), broken.server(), policy).findings())
                .extracting(Finding::check)
                .doesNotContain("services.running")
                .contains("services.start-type");
    }

    @Test
    void whatWasNotAskedForIsNotJudged() {
        assertThat(Checks.judge(broken.facts(), broken.server(), Policy.DEFAULT).findings())
                .extracting(Finding::check)
                .doesNotContain("proxy.same", "deployment");
    }

    @Test
    void autoIsReadFromTheServicesWhereNothingElseTells() {
        ServerReport report =
                Checks.judge(broken.facts(), broken.server().withDeployment(Deployment.AUTO), Policy.DEFAULT);
        assertThat(report.server().deployment()).isEqualTo(Deployment.STANDALONE);
        assertThat(report.findings()).extracting(Finding::check).contains("services.running");
    }

    @Test
    void aServerOfWhichNothingIsKnownIsUnknownAndNeverHealthy() {
        Facts facts = new Facts(
                "ps1",
                Instant.parse("2026-11-23T18:00:00Z"),
                Duration.ofSeconds(1),
                new Area.Unreadable<>("x", "denied"),
                new Area.Unreadable<>("x", "denied"));
        assertThat(Checks.judge(facts, broken.server().withDeployment(Deployment.AUTO), Policy.DEFAULT)
                        .status())
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void loadIsJudgedOverTheLastQuarterOfAnHourWhereEarlierRunsWereKept() {
        Instant now = Instant.parse("2026-11-23T18:00:00Z");
        PerformanceFacts load = new PerformanceFacts(10_000, 99L, 50L, 1L, 0L, 0L, null);
        Facts alone = facts(now, load);
        assertThat(load(alone).status()).isEqualTo(Status.FAIL);
        assertThat(load(alone).title()).contains("in one sample of 10 s, not over 15 minutes");

        Facts withHistory = facts(
                now,
                load.with(List.of(
                        new Earlier(now.minusSeconds(300), 40L, 50L),
                        new Earlier(now.minusSeconds(600), 41L, 50L),
                        new Earlier(now.minusSeconds(7200), 100L, 50L))));
        assertThat(load(withHistory).status()).isEqualTo(Status.PASS);
        assertThat(load(withHistory).title()).contains("60 %").contains("over 10 min in 3 runs");
    }

    private Facts facts(Instant now, PerformanceFacts load) {
        Facts read = broken.facts();
        return new Facts(read.server(), now, read.took(), null, null, read.areas())
                .with(FactArea.PERFORMANCE, new Area.Read<>(load));
    }

    private Finding load(Facts facts) {
        return Checks.judge(facts, broken.server(), Policy.DEFAULT, Set.of("health.cpu"))
                .findings()
                .getFirst();
    }
}
