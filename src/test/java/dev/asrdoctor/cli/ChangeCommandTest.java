package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.change.Window;
import dev.asrdoctor.change.WindowStore;
import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.testing.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChangeCommandTest {
    @TempDir
    Path folder;

    @Test
    void aChangeThatBreaksNothingIsOpenedVerifiedAndClosed() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..3}: {}")) {
            assertThat(open(lab, "--until", "4h").code()).isZero();
            assertThat(openWindows().of("ps-2")).isPresent();
            assertThat(change("list").out()).contains("CHG1").contains("open").contains("not verified");
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).as(verified.err()).isZero();
            assertThat(verified.out()).contains("CHG1: PASS (3 servers)");
            assertThat(change("close", "CHG1").code()).isZero();
            assertThat(openWindows()).isEqualTo(OpenWindows.NONE);
            Ended shown = change("show", "CHG1");
            assertThat(shown.code()).isZero();
            assertThat(shown.out()).contains("closed").contains("CHG1: PASS (3 servers)");
            assertThat(lab.lab().openShells()).isZero();
        }
    }

    @Test
    void aChangeThatStopsAServiceFailsAndItsWindowStaysOpenUntilForced() throws Exception {
        try (LabFixture lab = LabFixture.start(
                folder, "ps-1: { changes: [{ script: 2, service: svagents, state: stopped }] }\nps-2: {}")) {
            open(lab, "--until", "4h");
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).isEqualTo(1);
            assertThat(verified.out())
                    .contains("new problem: svagents is stopped")
                    .contains("ps-1/services/svagents/state: running -> stopped")
                    .contains("CHG1: FAIL");
            Ended closed = change("close", "CHG1");
            assertThat(closed.code()).isEqualTo(1);
            assertThat(closed.err()).contains("the last verdict of CHG1 is FAIL");
            assertThat(openWindows().of("ps-1")).isPresent();
            assertThat(change("close", "CHG1", "--force").code()).isEqualTo(2);
            Ended forced = change("close", "CHG1", "--force", "--reason", "the board accepts it");
            assertThat(forced.code()).isZero();
            assertThat(change("show", "CHG1").out().replaceAll("\\s+", " ")).contains("forced: the board accepts it");
        }
    }

    @Test
    void waitingGoesOnUntilTheServiceRunsAgain() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, """
                ps-1:
                  changes:
                    - { script: 2, service: svagents, state: stopped }
                    - { script: 3, service: svagents, state: running }
                ps-2: {}
                """)) {
            open(lab, "--until", "4h");
            Ended verified = change("verify", "CHG1", "--wait", "30s", "--every", "1s");
            assertThat(verified.code()).as(verified.out()).isZero();
            assertThat(verified.err()).contains("1 of 2 well; waiting for ps-1: svagents is stopped");
            assertThat(verified.out()).contains("CHG1: PASS (2 servers)");
        }
    }

    @Test
    void aServerThatDoesNotComeBackIsTheWorstResult() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}\nps-2: {}")) {
            open(lab, "--until", "4h");
        }
        Ended verified = change("verify", "CHG1");
        assertThat(verified.code()).isEqualTo(3);
        assertThat(verified.out()).contains("not reachable after the change").contains("CHG1: FAIL");
    }

    @Test
    void aServerThatIsNoLongerInTheInventoryWasNotReached() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}\nps-2: {}")) {
            open(lab, "--until", "4h");
            String inventory = Files.readString(lab.inventory());
            Files.writeString(lab.inventory(), inventory.replace("ps-2", "ps-9"));
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).isEqualTo(3);
            assertThat(verified.out().replaceAll("\\s+", " ")).contains("ps-2").contains("is not in the inventory");
        }
    }

    @Test
    void aFleetThatIsNotFitIsRefusedUnlessForcedAndTheReasonIsRecorded() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: { services: { svagents: stopped } }\nps-2: {}")) {
            Ended refused = open(lab, "--until", "4h");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("ps-1: svagents is stopped").contains("CHG1 is not open");
            assertThat(change("list").out()).contains("No change window is open");
            assertThat(open(lab, "--until", "4h", "--force").err()).contains("--force needs a --reason");
            Ended forced = open(lab, "--until", "4h", "--force", "--reason", "the agent is what we repair");
            assertThat(forced.code()).as(forced.err()).isZero();
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).isZero();
            assertThat(verified.out().replaceAll("\\s+", " "))
                    .contains("by force although the fleet was not fit to be changed: the agent is what we repair")
                    .contains("1 old problem unchanged")
                    .contains("PASS WITH NOTES");
        }
    }

    @Test
    void anUnreachableServerMakesTheFleetUnfitWithItsOwnCode() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: { unreachable: true }\nps-2: {}")) {
            assertThat(open(lab, "--until", "4h").code()).isEqualTo(3);
            assertThat(open(lab, "--until", "4h", "!ps-1").code()).isZero();
        }
    }

    @Test
    void whatWasDeclaredHasToComeAndIsKeptWithTheWindow() throws Exception {
        try (LabFixture lab = LabFixture.start(
                folder, "ps-1: { changes: [{ script: 2, service: LogUpload, state: stopped }] }\nps-2: {}")) {
            Path file = Files.writeString(folder.resolve("expect.yaml"), """
                    version: 1
                    expect:
                      - { path: ps-1/services/LogUpload/state, to: stopped }
                      - { path: ps-1/problems/services.running/LogUpload, to: fail }
                      - { path: ps-2/services/LogUpload/state, to: stopped }
                    """);
            open(lab, "--until", "4h", "--expect", file.toString());
            Files.delete(file);
            assertThat(Schemas.complaints(
                            "inventory/schemas/change-1.schema.json",
                            folder.resolve("state/CHG1/baseline/expected.yaml")))
                    .isEmpty();
            Ended verified = change("verify", "CHG1", "-v");
            assertThat(verified.code()).isEqualTo(1);
            assertThat(verified.out().replaceAll("\\s+", " "))
                    .contains("declared, but not come: ps-2/services/LogUpload/state to stopped")
                    .contains("ps-2/services/LogUpload/state is still running")
                    .contains("= ps-1/services/LogUpload/state: running -> stopped")
                    .contains("1 declared difference missing");
        }
    }

    @Test
    void windowsThatOverlapAreToldInBoth() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..3}: {}")) {
            open(lab, "--until", "4h", "ps-1", "-l", "ps-2");
            Ended second =
                    change("open", "CHG2", "ps-2", "ps-3", "-i", lab.inventory().toString(), "--until", "2h");
            assertThat(second.out()).contains("the change window CHG1 was open at the same time on ps-2");
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).isZero();
            assertThat(verified.out().replaceAll("\\s+", " "))
                    .contains("the change window CHG2 was open at the same time on ps-2")
                    .contains("PASS WITH NOTES");
            assertThat(openWindows().of("ps-2").map(OpenWindows.Hold::change)).contains("CHG1");
            change("abort", "CHG1", "--reason", "not today");
            assertThat(openWindows().of("ps-2").map(OpenWindows.Hold::change)).contains("CHG2");
            assertThat(openWindows().of("ps-1")).isEmpty();
        }
    }

    @Test
    void aWindowExpiresAndCanBeExtendedOrStillVerified() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "1s");
            Thread.sleep(1100);
            assertThat(openWindows()).isEqualTo(OpenWindows.NONE);
            assertThat(change("list").out()).contains("expired");
            assertThat(change("verify", "CHG1").out().replaceAll("\\s+", " ")).contains("the window had ended");
            assertThat(change("extend", "CHG1", "--until", "2h", "--reason", "slow disks")
                            .code())
                    .isZero();
            assertThat(openWindows().of("ps-1")).isPresent();
            assertThat(change("show", "CHG1").out().replaceAll("\\s+", " "))
                    .contains("it had expired")
                    .contains("slow disks");
        }
    }

    @Test
    void whoeverWasStoppedWhileOpeningLeavesNothingBehindForTheNext() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            setState("open", "opening");
            Files.createDirectories(folder.resolve("state/CHG1/.baseline.half"));
            assertThat(openWindows()).isEqualTo(OpenWindows.NONE);
            assertThat(change("list").out()).contains("not opened");
            assertThat(change("verify", "CHG1").err()).contains("stopped in the middle");
            assertThat(change("close", "CHG1").err()).contains("stopped in the middle");
            Ended again = open(lab, "--until", "4h");
            assertThat(again.code()).isZero();
            assertThat(again.err()).contains("was stopped in the middle; it is opened afresh");
            assertThat(change("verify", "CHG1").code()).isZero();
        }
    }

    @Test
    void whoeverWasStoppedWhileVerifyingIsToldAndItIsMadeAfresh() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            change("verify", "CHG1");
            setState("\"verdict\" : \"PASS\"", "\"verdict\" : null");
            assertThat(change("close", "CHG1").err()).contains("was not verified");
            Ended again = change("verify", "CHG1");
            assertThat(again.code()).isZero();
            assertThat(again.err()).contains("was stopped in the middle; it is made afresh");
            Window window =
                    new WindowStore(folder.resolve("state")).find("CHG1").orElseThrow();
            assertThat(window.verifications()).hasSize(1);
            assertThat(change("close", "CHG1").code()).isZero();
        }
    }

    /** Killed at random instants, whatever is found afterwards is whole, and the same command then does its work. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void killedAtAnyInstantTheNextCommandGoesOn(int seed) throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..4}: { remoteTime: 200ms }")) {
            killed(350 + 130 * seed, "open", "CHG1", "-i", lab.inventory().toString(), "--until", "4h");
            List<Window> left = new WindowStore(folder.resolve("state")).all();
            assertThat(left)
                    .allSatisfy(window -> assertThat(window.state()).isIn(Window.State.OPENING, Window.State.OPEN));
            if (left.isEmpty() || left.getFirst().state() == Window.State.OPENING) {
                assertThat(open(lab, "--until", "4h").code()).isZero();
            }
            killed(350 + 130 * seed, "verify", "CHG1");
            assertThat(openWindows().of("ps-1")).isPresent();
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).as(verified.err() + verified.out()).isZero();
            assertThat(change("close", "CHG1").code()).isZero();
            try (Stream<Path> files = Files.walk(folder.resolve("state/CHG1"))) {
                assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".half"));
            }
        }
    }

    private void killed(int afterMillis, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "change"));
        command.addAll(List.of(args));
        command.addAll(List.of("--state", folder.resolve("state").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.out").toFile())
                .start();
        process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
    }

    @Test
    void aBaselineThatWasAlteredProvesNothing() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            Path facts = folder.resolve("state/CHG1/baseline/ps-1.json");
            Files.writeString(facts, Files.readString(facts).replace("\"automatic\"", "\"manual\""));
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).isEqualTo(2);
            assertThat(verified.err()).contains("the baseline").contains("is not as it was taken");
        }
    }

    @Test
    void aLargeFleetThatPassesIsToldInOneLine() throws Exception {
        try (LabFixture lab = LabFixture.start(
                folder, "ps-{01..30}: {}\nps-99: { changes: [{ script: 2, service: svagents, state: stopped }] }")) {
            open(lab, "--until", "4h");
            assertThat(change("verify", "CHG1").out())
                    .contains("x ps-99")
                    .contains("+ 30 servers pass")
                    .doesNotContain("ps-07");
            assertThat(change("show", "CHG1", "-v").out()).contains("+ ps-07");
        }
    }

    @Test
    void twoAtOnceAreKeptApart() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            WindowStore.Lock held = new WindowStore(folder.resolve("state")).lock("CHG1");
            Ended verified = change("verify", "chg1");
            held.close();
            assertThat(verified.code()).isEqualTo(2);
            assertThat(verified.err()).contains("another asrdoctor works on the change window CHG1");
        }
    }

    @Test
    void reportsSayTheSameInEveryFormatAndAreMadeAgainFromWhatWasKept() throws Exception {
        try (LabFixture lab = LabFixture.start(
                folder, "ps-1: { changes: [{ script: 2, service: svagents, state: stopped }] }\nps-2: {}")) {
            open(lab, "--until", "4h");
            Ended verified = change(
                    "verify",
                    "CHG1",
                    "-o",
                    "json=" + folder.resolve("r.json"),
                    "-o",
                    "html=" + folder.resolve("r.html"),
                    "-o",
                    "junit=" + folder.resolve("r.xml"),
                    "-o",
                    "markdown=" + folder.resolve("r.md"));
            assertThat(verified.out()).contains("CHG1: FAIL");
            String json = Files.readString(folder.resolve("r.json"));
            assertThat(Schemas.complaints(
                            "src/main/resources/schemas/change-report-1.schema.json", folder.resolve("r.json")))
                    .isEmpty();
            assertThat(Schemas.complaints(
                            "src/main/resources/schemas/change-window-1.schema.json",
                            folder.resolve("state/CHG1/window.json")))
                    .isEmpty();
            JsonNode report = new JsonMapper().readTree(json);
            assertThat(report.path("verdict").asString()).isEqualTo("FAIL");
            assertThat(report.at("/facts/before").asString()).hasSize(64);
            assertThat(report.at("/servers/0/differences/0/path").asString()).isEqualTo("ps-1/services/svagents/state");
            assertThat(Files.readString(folder.resolve("r.xml")))
                    .contains("<failure message=\"svagents is stopped")
                    .contains("failures=\"1\"");
            for (String file : List.of("r.html", "r.md")) {
                assertThat(Files.readString(folder.resolve(file)))
                        .contains("FAIL")
                        .contains("svagents is stopped")
                        .contains(report.at("/facts/before").asString())
                        .contains(report.at("/facts/after").asString());
            }
            assertThat(Files.readString(folder.resolve("r.html")))
                    .doesNotContain("http")
                    .doesNotContain("src=");
            assertThat(change("show", "CHG1", "-o", "json").out()).isEqualTo(json);
            assertThat(change("show", "CHG1", "-o", "html").out())
                    .isEqualTo(Files.readString(folder.resolve("r.html")));
        }
    }

    @Test
    void checkTellsWhichServersAreInAnOpenWindow() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: { services: { svagents: stopped } }\nps-2: {}")) {
            open(lab, "--until", "4h", "--force", "--reason", "x");
            String inventory = lab.inventory().toString();
            String state = folder.resolve("state").toString();
            Ended text = new Commands().run("check", "-i", inventory, "--changes", state);
            assertThat(text.code()).isEqualTo(1);
            assertThat(text.out()).contains("planned: CHG1 is open until");
            JsonNode json = new JsonMapper()
                    .readTree(new Commands()
                            .run("check", "-i", inventory, "--changes", state, "-o", "json")
                            .out());
            assertThat(json.at("/servers/0/plannedChange/change").asString()).isEqualTo("CHG1");
            assertThat(new Commands().run("check", "-i", inventory).out()).doesNotContain("planned");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "open ../x -i none --until 4h                    | cannot name a change window",
                "open CHG1 -i none --until yesterday             | is no end of a change window",
                "open CHG1 -i none --until 2020-01-01T00:00Z     | which is over already",
                "open CHG1 -i none --until 364d                  | 90 days are the longest",
                "open CHG1 -i none                               | --until",
                "open CHG1 -i none --until 4h --reason x         | --reason goes with --force",
                "verify CHG7                                     | there is no change window 'CHG7'",
                "close CHG7                                      | there is no change window 'CHG7'",
                "abort CHG7                                      | --reason",
                "extend CHG7 --until 4h                          | there is no change window 'CHG7'",
                "verify CHG7 -o pdf                              | unknown output format 'pdf'",
                "verify CHG7 -o html=/no/such/folder/r.html      | there is no folder",
                "verify CHG7 --wait soon                         | 'soon' is not a duration",
                "verify CHG7 --every 10ms                        | --every has to be at least 1s",
                "verfy CHG7                                      | did you mean 'verify'",
            })
    void badInputIsOneLineAndTwo(String line, String message) {
        Ended ended = change(line.split(" "));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(message).doesNotContain("\tat ");
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void aFileOfDeclaredDifferencesIsCheckedBeforeAnythingIsRead() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            Path file = Files.writeString(folder.resolve("expect.yaml"), """
                    version: 1
                    expect:
                      - { path: ps-7/product/version }
                      - { pth: x, is: moved }
                      - { path: ps-1/servces/svagents/state }
                    """);
            Ended ended = open(lab, "--until", "4h", "--expect", file.toString());
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err())
                    .contains("expect.yaml:3:")
                    .contains("names no server of this change")
                    .contains("'path' is missing here")
                    .contains("did you mean 'path'")
                    .contains("'moved' is not one of")
                    .contains("there is no area 'servces'; did you mean 'services'?");
        }
    }

    private Ended open(LabFixture lab, String... more) {
        List<String> args =
                new ArrayList<>(List.of("open", "CHG1", "-i", lab.inventory().toString()));
        args.addAll(List.of(more));
        return change(args.toArray(String[]::new));
    }

    private Ended change(String... args) {
        List<String> all = new ArrayList<>(List.of("change"));
        all.addAll(List.of(args));
        all.addAll(List.of("--state", folder.resolve("state").toString()));
        return new Commands().run(all.toArray(String[]::new));
    }

    private OpenWindows openWindows() throws Exception {
        return OpenWindows.read(folder.resolve("state"), Instant.now());
    }

    private void setState(String from, String to) throws Exception {
        Path file = folder.resolve("state/CHG1/window.json");
        Files.writeString(file, Files.readString(file).replaceFirst(from, to));
    }
}
