package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChecksCommandTest {
    @TempDir
    Path folder;

    private static Ended check(LabFixture lab, String... options) {
        List<String> all =
                new ArrayList<>(List.of("check", "-i", lab.inventory().toString()));
        all.addAll(List.of(options));
        return new Commands().run(all.toArray(String[]::new));
    }

    @Test
    void listsEveryCheckForPrograms() {
        Ended ended = new Commands().run("checks", "-o", "json");
        assertThat(ended.code()).isZero();
        List<String> ids = new ArrayList<>();
        for (JsonNode check : new JsonMapper().readTree(ended.out())) {
            ids.add(check.path("id").asString());
            assertThat(check.path("step").isInt()).isTrue();
            assertThat(check.path("title").asString()).isNotBlank();
            assertThat(check.path("area").asString()).isNotBlank();
            assertThat(check.path("areas").get(0).asString())
                    .isEqualTo(check.path("area").asString());
            assertThat(check.path("profile").asString()).isIn("quick", "full");
        }
        assertThat(ids).containsExactlyElementsOf(Checks.ids());
    }

    @Test
    void listsEveryCheckInEightyColumns() {
        Ended ended = new Commands().run("checks");
        assertThat(ended.out().lines()).allMatch(line -> line.length() <= 80);
        Checks.ids().forEach(id -> assertThat(ended.out()).contains(id + " "));
    }

    @Test
    void explainsACheckAsItsPageDoes() throws Exception {
        assertThat(new Commands().run("explain", "proxy.same", "-o", "markdown").out())
                .isEqualTo(Files.readString(Peers.project("docs/checks/proxy.same.md")));
        assertThat(new Commands().run("explain", "proxy").out())
                .contains("proxy.same: ")
                .contains("proxy.reachable: ");
        assertThat(new Commands().run("explain", "proxy.same").out().lines())
                .startsWith("proxy.same: The product and the MARS agent use the same proxy", "")
                .contains("Why it matters")
                .contains("    Set-OBMachineSetting -ProxyServer http://PROXY -ProxyPort PORT")
                .allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explain proxi                      | no check, cause or error code is called 'proxi'; did you mean 'proxy'?",
                "explain                            | Missing required parameter: 'CHECK|CAUSE'",
                "checks -o xml                      | unknown output format 'xml'",
                "check --only nonsense -i x         | no check or area is called 'nonsense'",
                "check --skip time,nonsense -i x    | no check or area is called 'nonsense'",
                "check --only proxy --skip proxy -i x | no check is left",
                "check --profile slow -i x          | --profile",
            })
    void badInputGetsOneLineAndCodeTwo(String line, String message) {
        Ended ended = new Commands().run(line.split(" "));
        assertThat(ended.err()).contains(message);
        assertThat(ended.err().lines().count()).isLessThanOrEqualTo(2);
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void onlyTheChosenChecksAreReadAndJudged() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: {}\n")) {
            Ended ended = check(lab, "--only", "proxy,time", "-o", "csv");
            assertThat(ended.out())
                    .contains("proxy.same")
                    .contains("time.offset")
                    .doesNotContain("services.running");
            assertThat(check(lab, "--skip", "services", "-o", "csv").out())
                    .contains("proxy.same")
                    .doesNotContain("services.running");
            assertThat(check(lab, "--profile", "quick", "-o", "csv").out())
                    .contains("services.running")
                    .doesNotContain("mars.log");
        }
    }

    @Test
    void oneRunReadsAllStepsOnOneConnectionWithOneScript() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: {}\n")) {
            Ended ended = check(lab, "-o", "json");
            List<Integer> steps = new ArrayList<>();
            new JsonMapper()
                    .readTree(ended.out())
                    .at("/servers/0/findings")
                    .forEach(finding -> steps.add(finding.path("step").asInt(-1)));
            assertThat(steps).contains(0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13);
            assertThat(lab.lab().scripts("ps")).isEqualTo(1);
        }
    }

    @Test
    void theVerboseReportTellsWhatTheRunCost() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: {}\n")) {
            assertThat(check(lab, "-v").out())
                    .contains("What it cost the servers")
                    .containsPattern("ps\\R {4}\\d+\\.\\d s, CPU \\d+\\.\\d s, \\d+ MB; \\d+ KB sent, \\d+ KB received")
                    .contains("longest: not measured");
            assertThat(check(lab).out()).doesNotContain("What it cost");
        }
    }

    @Test
    void thePolicyDisablesAndWaives() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { tmansvc: stopped } }\n")) {
            Path policy = Files.writeString(
                    folder.resolve("policy.yaml"), """
                    version: 1
                    checks: { disabled: [proxy.same] }
                    waivers:
                      - { check: services.running, servers: 'p*', subject: tmansvc, reason: 'CHG7: being moved', until: %s }
                      - { check: time, servers: '*', reason: 'old', until: 2020-01-01 }
                    """.formatted(LocalDate.now().plusDays(2)));
            Ended ended = check(lab, "--policy", policy.toString());
            assertThat(ended.out())
                    .contains("the waiver of time has expired on 2020-01-01 (old)")
                    .doesNotContain("tmansvc is stopped");
            assertThat(check(lab, "--policy", policy.toString(), "-o", "csv").out())
                    .contains(",WAIVED,")
                    .doesNotContain("proxy.same");
        }
    }

    @Test
    void mistakesInWaiversAreToldWithTheirPlaces() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                version: 1
                checks: { disabled: [proxy.sane] }
                waivers:
                  - { check: tim, servers: '*', reason: x, until: 2026-13-01 }
                  - { check: time, servers: '*' }
                """);
        Ended ended = new Commands()
                .run("check", "-i", Peers.project("inventory/fleet.yaml").toString(), "--policy", policy.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("policy.yaml:2:")
                .contains("did you mean 'proxy.same'")
                .contains("no check is called 'tim'")
                .contains("expected a day such as 2026-12-31, not '2026-13-01'")
                .contains("'reason'")
                .contains("'until'");
    }

    @Test
    void savedRunsOfTheLastQuarterOfAnHourAreTakenTogether() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: {}\n")) {
            String kept = folder.resolve("kept").toString();
            String policy = Files.writeString(folder.resolve("p.yaml"), "version: 1\nhealth: { sampleWindow: 200ms }\n")
                    .toString();
            assertThat(check(lab, "--save-facts", kept, "--policy", policy, "-o", "csv")
                            .out())
                    .contains("not over 15 minutes");
            Thread.sleep(1100);
            Ended second = check(lab, "--save-facts", kept, "--policy", policy, "-o", "csv");
            assertThat(second.out()).contains("in 2 runs");
            assertThat(new Commands().run("check", "--facts", kept, "-o", "csv").out())
                    .contains("in 2 runs");
        }
    }
}
