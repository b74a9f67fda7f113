package dev.asrdoctor.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.testing.ServerMaker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssessmentTest {

    @ParameterizedTest(name = "{0} {1}, then {2} {3}: {4}")
    @CsvSource({
        "FAIL,    HIGH,     FAIL,    HIGH,     UNCHANGED, PASS",
        "FAIL,    CRITICAL, FAIL,    HIGH,     UNCHANGED, PASS",
        "FAIL,    MEDIUM,   FAIL,    CRITICAL, NEW,       FAIL",
        "FAIL,    HIGH,     UNKNOWN, MEDIUM,   NEW,       FAIL",
        "PASS,    INFO,     UNKNOWN, MEDIUM,   NEW,       FAIL",
        "WARN,    LOW,      UNKNOWN, MEDIUM,   NEW,       FAIL",
        "UNKNOWN, MEDIUM,   UNKNOWN, MEDIUM,   UNCHANGED, PASS",
        "WARN,    LOW,      WARN,    MEDIUM,   UNCHANGED, PASS",
        "FAIL,    HIGH,     WARN,    LOW,      UNCHANGED, PASS",
    })
    void whatBecameOfAProblem(
            Status was, Severity asBad, Status is, Severity nowAsBad, ProblemChange.Kind kind, Verdict verdict) {
        Assessment assessment =
                Assessment.of(List.of("ps1"), judged(was, asBad), judged(is, nowAsBad), List.of(), List.of());
        assertThat(assessment.servers().getFirst().problems())
                .extracting(ProblemChange::kind)
                .containsExactly(kind);
        assertThat(assessment.verdict()).isEqualTo(verdict);
    }

    private static Judged judged(Status status, Severity severity) {
        ServerMaker maker = ServerMaker.healthy(Deployment.STANDALONE);
        return new Judged(
                Map.of("ps1", new Reading.Read(maker.facts())),
                List.of(ServerReport.of(
                        ResolvedServer.asSaid(maker.server()),
                        List.of(new Finding("time.skew", "", "", status, severity, "time", Map.of(), null)))));
    }
}
