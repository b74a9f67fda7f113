package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckCommandTest {
    @TempDir
    Path folder;

    @Test
    void aHealthyFleetEndsWithZeroAndLeavesNoShell() throws Exception {
        try (LabFixture lab =
                LabFixture.start(folder, "ps-{1..5}: {}\ncs: { deployment: configuration-server, transport: https }")) {
            Ended ended = check(lab);
            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("6 servers: 6 healthy");
            assertThat(lab.lab().openShells()).isZero();
        }
    }

    @Test
    void aProblemEndsWithOneAndNamesTheServiceAndTheNextAction() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            Ended ended = check(lab);
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.out()).contains("svagents is stopped").contains("next:");
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "unreachable: true                                  | connection-refused  | tcp",
                "wrongPassword: true                                | logon-failed        | authentication",
                "transport: https, certificate: self-signed         | tls-untrusted       | tls",
                "transport: https, certificate: expired             | tls-untrusted       | tls",
                "transport: https, certificate: wrong-name          | tls-untrusted       | tls",
                "faults: [{wire: web-page}]                         | not-win-rm          | authentication",
                "faults: [{wire: http-status, status: 404}]         | endpoint-not-found  | http",
                "faults: [{wire: kerberos-only}]                    | scheme-not-offered  | authentication",
                "faults: [{wire: quota}]                            | quota-exceeded      | shell",
                "faults: [{wire: truncated, keepBytes: 500}]        | cut-answer          | answer",
                "faults: [{wire: garbled}]                          | garbled-answer      | answer",
                "faults: [{wire: replaced}]                         | no-answer           | answer",
                "faults: [{wire: huge, bytes: 50000000}]            | output-too-large    | answer",
                "faults: [{wire: cut, afterBytes: 300, on: receive}] | connection-cut     | script",
            })
    void troubleOnTheWayIsOneUnknownFindingWithItsStage(String server, String kind, String stage) throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { " + server + " }")) {
            // What may pass is waited for, where there is time for it.
            Ended ended = kind.equals("quota-exceeded") || kind.equals("connection-cut")
                    ? check(lab, "-o", "json", "--deadline", "8s")
                    : check(lab, "-o", "json");
            JsonNode report =
                    new JsonMapper().readTree(ended.out()).path("servers").path(0);
            assertThat(report.path("status").asString()).isEqualTo("UNKNOWN");
            JsonNode finding = report.path("findings").path(0);
            assertThat(finding.path("check").asString()).isEqualTo("reachable");
            assertThat(finding.at("/evidence/failure").asString()).isEqualTo(kind);
            assertThat(finding.path("nextAction").asString()).isNotBlank();
            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.err()).isEmpty();
        }
    }

    @Test
    void aFullServerIsWaitedForAndToldWithV() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { faults: [{ wire: quota, request: 1 }] }")) {
            Ended ended = check(lab, "-v");
            assertThat(ended.code()).as(ended.out()).isZero();
            assertThat(ended.out())
                    .contains("What had to be asked again")
                    .containsPattern(" {4}waited [0-9.]+ s for a free shell");
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsShownWithItsFingerprint() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { transport: https, certificate: self-signed }")) {
            assertThat(check(lab).out().replaceAll("\\s+", " ")).containsPattern("SHA-256 [0-9a-f]{64}");
        }
    }

    @Test
    void aWrongPasswordIsPresentedToTwoServersOfFortyAndThenNoMore() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-{01..40}: { wrongPassword: true }")) {
            Ended ended = check(lab);
            assertThat(ended.code()).isEqualTo(3);
            assertThat(lab.lab().logonFailures()).isEqualTo(2);
            assertThat(ended.out()).contains("not tried: the credential 'lab'");
        }
    }

    @Test
    void aWrongPasswordIsPresentedToOneServerOnce() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { wrongPassword: true }")) {
            check(lab);
            assertThat(lab.lab().logonFailures()).isEqualTo(1);
        }
    }

    @Test
    void aNameThatDnsDoesNotKnowIsToldAsSuch() throws Exception {
        Path inventory = Files.writeString(folder.resolve("fleet.yaml"), """
                version: 1
                credentials: { c: { user: u, password: { environment: PASSWORD } } }
                settings: { credential: c }
                servers: { ps: { address: no-such-host.invalid } }
                """);
        Ended ended = new Commands().with("PASSWORD", "x").run("check", "-i", inventory.toString());
        assertThat(ended.out()).contains("the name no-such-host.invalid cannot be resolved");
        assertThat(ended.code()).isEqualTo(3);
    }

    @Test
    void aPasswordThatCannotBeHadIsToldBeforeAnyServerIsContacted() throws Exception {
        Path inventory = Files.writeString(folder.resolve("fleet.yaml"), """
                version: 1
                credentials: { c: { user: u, password: { environment: PASSWORD } } }
                settings: { credential: c }
                servers: { ps: { address: no-such-host.invalid } }
                """);
        Ended ended = new Commands().run("check", "-i", inventory.toString());
        assertThat(ended.err())
                .contains("the environment variable PASSWORD is not set")
                .hasLineCount(1);
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void windowsMayFailInOneScriptAndChangeBeforeTheNext() throws Exception {
        String changing = """
                ps:
                  faults: [{ source: cim, error: access-denied, script: 1 }]
                  changes: [{ script: 2, service: svagents, state: stopped, exitCode: 1067 }]
                """;
        try (LabFixture lab = LabFixture.start(folder, changing)) {
            assertThat(check(lab, "-v", "--only", "services").out())
                    .contains("source=scm")
                    .contains("1 healthy");
            assertThat(check(lab, "-v").out()).contains("source=cim").contains("svagents has crashed");
        }
    }

    @Test
    void otherTextAroundTheAnswerDoesNotMatter() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { faults: [{wire: surrounded}] }")) {
            assertThat(check(lab).code()).isZero();
        }
    }

    @Test
    void aServerThatNeverEndsIsGivenUpAtItsDeadlineAndItsCommandEnded() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { faults: [{wire: hang}] }")) {
            Ended ended = check(lab, "--deadline", "3s");
            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.out()).contains("UNKNOWN");
            assertThat(lab.lab().openShells()).isZero();
        }
    }

    @Test
    void savedFactsAreJudgedAgainTheSameWithoutAnyServer() throws Exception {
        Path facts = folder.resolve("facts");
        Ended live;
        try (LabFixture lab =
                LabFixture.start(folder, "a: { services: { svagents: stopped } }\nb: {}\nc: { unreachable: true }")) {
            live = check(lab, "-o", "csv", "--save-facts", facts.toString());
        }
        Ended replayed = new Commands().run("check", "--facts", facts.toString(), "-o", "csv");
        assertThat(replayed.out()).isEqualTo(live.out());
        assertThat(replayed.code()).isEqualTo(live.code()).isEqualTo(3);
        assertThat(new Commands().run("check", "--facts", facts.toString(), "b").code())
                .isZero();
    }

    @Test
    void whenFactsCannotBeSavedTheReportIsShownAllTheSame() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("file"), "x");
        try (LabFixture lab = LabFixture.start(folder, "ps: {}")) {
            Ended ended = check(lab, "--save-facts", inTheWay.toString());
            assertThat(ended.out()).contains("1 server: 1 healthy");
            assertThat(ended.err())
                    .startsWith("asrdoctor: the facts could not be saved in ")
                    .hasLineCount(1);
            assertThat(ended.code()).isEqualTo(2);
        }
    }

    @Test
    void severalFormatsAreWrittenAtOnce() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: {}")) {
            Ended ended = check(
                    lab,
                    "-o",
                    "text",
                    "-o",
                    "json=" + folder.resolve("report.json"),
                    "-o",
                    "junit=" + folder.resolve("report.xml"));
            assertThat(ended.code()).isZero();
            assertThat(folder.resolve("report.json")).content().contains("\"servers\"");
            assertThat(folder.resolve("report.xml")).content().contains("<testsuite ");
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "there is no such file            | check -i none.yaml",
                "did you mean 'check'             | chekc",
                "did you mean '--inventory'       | check --inventry x",
                "did you mean 'json'              | check -i x -o jsn",
                "only one output format           | check -i x -o json -o csv",
                "there is no folder              | check -i x -o json=/nowhere/at/all/report.json",
                "cannot be written               | check -i x -o json=docs",
                "names no file                   | check -i x -o csv=",
                "name the same file              | check -i x -o json=target/x -o csv=target/./x",
                "name the same file              | remediate -i x --plan-out target/x --journal target/x",
                "there is no folder              | remediate -i x --plan-out target/none/p.json",
                "is not a duration                | check -i x --deadline soon",
                "has to be at least 1s            | check -i inventory/fleet.yaml --deadline 0s",
                "there is no folder               | check --facts nowhere",
                "did you mean 'demo'              | lab --scenario demoo",
                "--engine is model or pwsh        | lab --engine fast",
                "unknown output format           | remediate -i x -o cvs",
                "known are text, html, markdown  | explain proxy -o json",
                "--servers is 1 to 20000          | bench --servers 0",
            })
    void wrongUsageIsOneClearLineAndEndsWithTwo(String told, String command) {
        Ended ended = new Commands().run(command.split(" "));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(told).hasLineCount(1).doesNotContain("Exception");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void serversAreChosenByPatternOrByLimit() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}\nps-2: {}\nps-3: {}\n")) {
            assertThat(check(lab, "ps-*", "!ps-2").out())
                    .contains("ps-1", "ps-3")
                    .doesNotContain("ps-2");
            assertThat(check(lab, "-l", "ps-*:!ps-2").out())
                    .contains("ps-1", "ps-3")
                    .doesNotContain("ps-2");
            assertThat(check(lab, "ps-1", "ps-2", "--limit", "ps-*[1:2]").out())
                    .as("a limit keeps of what the patterns chose")
                    .contains("ps-2")
                    .doesNotContain("ps-1", "ps-3");
            Ended twice = check(lab, "-l", "ps-*", "--limit", "!ps-2");
            assertThat(twice.code()).isEqualTo(2);
            assertThat(twice.err()).contains("-l is given more than once", "-l 'ps-*,!ps-2'");
            Ended none = check(lab, "-l", "ps-9");
            assertThat(none.code()).isEqualTo(2);
            assertThat(none.err()).contains("ps-9");
        }
    }

    private static Ended check(LabFixture lab, String... more) {
        String[] args = Stream.concat(Stream.of("check", "-i", lab.inventory().toString()), Stream.of(more))
                .toArray(String[]::new);
        return new Commands().run(args);
    }
}
