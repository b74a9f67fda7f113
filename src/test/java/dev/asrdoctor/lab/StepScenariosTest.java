package dev.asrdoctor.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each shipped scenario of a step of the article has exactly the findings that src/test/resources/findings says. */
class StepScenariosTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deployments",
                "appliances",
                "appliance-faults",
                "practices",
                "health",
                "heartbeat",
                "certificates",
                "unread",
                "history",
                "clocks",
                "antivirus",
                "sources",
                "transport",
                "uploads",
                "mars-logs",
                "firewalls",
                "tls-settings",
                "proxies",
                "resolvers",
                "remedies",
                "bandwidth",
            })
    void findsExactlyWhatIsWrong(String scenario) throws Exception {
        StringBuilder found = new StringBuilder();
        reports(scenario).forEach(report -> {
            found.append(report.server().name()).append('\n');
            report.findings().stream()
                    .filter(finding -> finding.status() != Status.PASS && finding.status() != Status.SKIPPED)
                    .forEach(finding -> found.append("  ").append(line(finding)).append('\n'));
        });
        Path expected = Peers.project("src/test/resources/findings/" + scenario + ".txt");
        if ("write".equals(System.getProperty("findings"))) {
            Files.createDirectories(expected.getParent());
            Files.writeString(expected, found);
        }
        assertThat(found.toString()).isEqualTo(Files.readString(expected));
    }

    private static String line(Finding finding) {
        return finding.status() + " " + finding.check()
                + (finding.subject().isEmpty() ? "" : " [" + finding.subject() + "]") + " " + finding.severity() + ": "
                + finding.title().replaceAll("\\d{4}-\\d{2}-\\d{2}", "DAY");
    }

    private List<ServerReport> reports(String scenario) throws Exception {
        return ModelRun.of(
                        ScenarioReader.read(YamlFile.parse(Scenarios.source(scenario), scenario), null)
                                .servers(),
                        folder)
                .reports();
    }
}
