package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.ServerMaker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerReportTest {
    private static final Server SERVER = ServerMaker.server(Deployment.STANDALONE);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "PASS,                                   PASS",
        "SKIPPED PASS WAIVED,                    PASS",
        "PASS WARN,                              WARN",
        "WARN UNKNOWN PASS,                      UNKNOWN",
        "SKIPPED UNKNOWN,                        UNKNOWN",
        "PASS WARN UNKNOWN FAIL SKIPPED WAIVED,  FAIL",
        "SKIPPED,                                SKIPPED",
        "WAIVED WAIVED,                          SKIPPED",
        "'',                                     SKIPPED"
    })
    void sumsUpToTheWorstFindingThatCounts(String statuses, Status expected) {
        List<Finding> findings = Arrays.stream(statuses.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> finding(Status.valueOf(word)))
                .toList();

        ServerReport report = ServerReport.of(ResolvedServer.asSaid(SERVER), findings);

        assertThat(report.status()).isEqualTo(expected);
        assertThat(report.findings()).isEqualTo(findings);
    }

    @Test
    void isUnknownForAServerThatGaveNoAnswer() {
        ServerReport report = ServerReport.unreached(
                SERVER, "authentication", "logon-failed", "the logon was refused", "Check the password.");

        assertThat(report.status()).isEqualTo(Status.UNKNOWN);
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo(ServerReport.REACHABLE);
            assertThat(finding.evidence())
                    .containsExactly(
                            Map.entry("stage", "authentication"),
                            Map.entry("failure", "logon-failed"),
                            Map.entry("address", "ps1.example.test:5985"));
            assertThat(finding.nextAction()).isEqualTo("Check the password.");
        });
    }

    private static Finding finding(Status status) {
        return new Finding("c", "", "", status, Severity.INFO, "t", Map.of(), null);
    }
}
