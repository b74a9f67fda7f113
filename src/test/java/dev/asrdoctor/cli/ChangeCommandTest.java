package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.store.Leases;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.file.FileWindows;
import dev.asrdoctor.store.file.Fingerprint;
import dev.asrdoctor.testing.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
                            folder.resolve("state/changes/CHG1/baseline/expected.yaml")))
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
            open(lab, "--until", "4h", "-l", "ps-1,ps-2");
            Ended second =
                    change("open", "CHG2", "ps-2", "ps-3", "-i", lab.inventory().toString(), "--until", "2h");
            assertThat(second.out()).contains("the change window CHG1 is open at the same time on ps-2");
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).isZero();
            assertThat(verified.out().replaceAll("\\s+", " "))
                    .contains("the change window CHG2 is open at the same time on ps-2")
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
            assertThat(change("verify", "CHG1").out().replaceAll("\\s+", " "))
                    .contains("CHG1: PASS WITH NOTES")
                    .contains("the window had ended before it was extended")
                    .contains("in between nothing was held back");
            assertThat(Schemas.complaints(
                            "src/main/resources/schemas/change-window-1.schema.json",
                            folder.resolve("state/changes/CHG1/window.json")))
                    .isEmpty();
        }
    }

    @Test
    void whoeverWasStoppedWhileOpeningLeavesNothingBehindForTheNext() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            setState("open", "opening");
            Files.createDirectories(folder.resolve("state/changes/CHG1/.baseline.half"));
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
            Window window = new FileWindows(folder.resolve("state/changes"))
                    .find("CHG1")
                    .orElseThrow();
            assertThat(window.verifications()).hasSize(1);
            assertThat(change("close", "CHG1").code()).isZero();
        }
    }

    /** Killed at any instant after the work began, whatever is found afterwards is whole, and the next one goes on. */
    @ParameterizedTest
    @ValueSource(ints = {0, 60, 150, 300, 500, 900})
    void killedAtAnyInstantTheNextCommandGoesOn(int afterMillis) throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..4}: { remoteTime: 200ms }")) {
            killed(
                    "\"opening\"",
                    afterMillis,
                    "open",
                    "CHG1",
                    "-i",
                    lab.inventory().toString(),
                    "--until",
                    "4h");
            Window left = new FileWindows(folder.resolve("state/changes"))
                    .find("CHG1")
                    .orElseThrow();
            if (afterMillis == 0) {
                assertThat(left.state()).isEqualTo(Window.State.OPENING);
            }
            if (left.state() == Window.State.OPENING) {
                assertThat(openWindows()).isEqualTo(OpenWindows.NONE);
                assertThat(open(lab, "--until", "4h").code()).isZero();
            }
            killed("\"verifying\"", afterMillis, "verify", "CHG1");
            assertThat(openWindows().of("ps-1")).isPresent();
            if (afterMillis == 0) {
                assertThat(change("close", "CHG1").err()).contains("CHG1 was not verified");
            }
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).as(verified.err() + verified.out()).isZero();
            assertThat(verified.err().contains("was stopped in the middle")).isEqualTo(!verified(2));
            assertThat(change("close", "CHG1").code()).isZero();
            try (Stream<Path> files = Files.walk(folder.resolve("state/changes/CHG1"))) {
                assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".half"));
            }
        }
    }

    /** Whether a window was verified to the end so often. */
    private boolean verified(int times) throws Exception {
        return new FileWindows(folder.resolve("state/changes"))
                        .find("CHG1")
                        .orElseThrow()
                        .verifications()
                        .size()
                == times;
    }

    /** @param begun what the window's file says as soon as the work has begun */
    private void killed(String begun, int afterMillis, String... args) throws Exception {
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
        Path file = folder.resolve("state/changes/CHG1/window.json");
        while (process.isAlive()
                && !(Files.exists(file) && Files.readString(file).contains(begun))) {
            Thread.sleep(2);
        }
        process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
    }

    @Test
    void aBaselineThatWasAlteredProvesNothing() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            Path facts = folder.resolve("state/changes/CHG1/baseline/ps-1.json");
            Files.writeString(facts, Files.readString(facts).replace("\"automatic\"", "\"manual\""));
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).isEqualTo(2);
            assertThat(verified.err()).contains("the baseline").contains("is not as it was taken");
        }
    }

    @Test
    void whatAVerdictRestsOnCannotBeAlteredUnnoticed() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            Path policy = Files.writeString(folder.resolve("policy.yaml"), "version: 1\n");
            Path expect =
                    Files.writeString(folder.resolve("expect.yaml"), "version: 1\nallow: [{ path: '*/product/**' }]\n");
            open(lab, "--until", "4h", "--policy", policy.toString(), "--expect", expect.toString());
            assertThat(change("verify", "CHG1").code()).isZero();
            for (String file : List.of(
                    "baseline/ps-1.json",
                    "baseline/expected.yaml",
                    "baseline/policy.yaml",
                    "after-1/ps-1.json",
                    "after-1/expected.yaml",
                    "after-1/policy.yaml")) {
                Path path = folder.resolve("state/changes/CHG1").resolve(file);
                String kept = Files.readString(path);
                Files.writeString(path, kept + "\n");
                for (String command : List.of("show", "close")) {
                    Ended ended = change(command, "CHG1");
                    assertThat(ended.code()).as(command + " " + file).isEqualTo(2);
                    assertThat(ended.err())
                            .contains("fingerprint is another one, so nothing can be proven by it")
                            .hasLineCount(1);
                }
                if (file.startsWith("baseline")) {
                    assertThat(change("verify", "CHG1").err()).contains("nothing can be proven by it");
                }
                Files.delete(path);
                assertThat(change("show", "CHG1").code()).as(file + " is gone").isEqualTo(2);
                Files.writeString(path, kept);
            }
            assertThat(change("show", "CHG1").code()).isZero();
            assertThat(change("close", "CHG1").code()).isZero();
        }
    }

    @Test
    void whatWasDeclaredOrReadOtherwiseAfterTheOpeningIsNoted() throws Exception {
        try (LabFixture lab =
                LabFixture.start(folder, "ps-1: { changes: [{ script: 2, service: svagents, state: stopped }] }")) {
            open(lab, "--until", "4h");
            assertThat(change("verify", "CHG1").out()).contains("CHG1: FAIL");
            Path expect = Files.writeString(folder.resolve("late.yaml"), """
                    version: 1
                    allow: [{ path: 'ps-1/services/**' }, { path: 'ps-1/problems/**' }]
                    """);
            Path other =
                    Files.writeString(lab.inventory().resolveSibling("other.yaml"), Files.readString(lab.inventory()));
            Path policy = Files.writeString(folder.resolve("policy.yaml"), "version: 1\n");
            Ended verified = change(
                    "verify",
                    "CHG1",
                    "--expect",
                    expect.toString(),
                    "-i",
                    other.toString(),
                    "--policy",
                    policy.toString());
            assertThat(verified.out().replaceAll("\\s+", " "))
                    .contains("CHG1: PASS WITH NOTES")
                    .contains("were not declared when the window was opened, but now")
                    .contains("and this with " + other)
                    .contains("judged by another policy");
            JsonNode report = new JsonMapper()
                    .readTree(change("show", "CHG1", "-o", "json").out());
            assertThat(report.at("/basis/before/declaredSha256").asString()).isEmpty();
            assertThat(report.at("/basis/after/declaredSha256").asString()).isEqualTo(Fingerprint.ofFile(expect));
            assertThat(report.at("/basis/after/inventory").asString()).isEqualTo(other.toString());
        }
    }

    @Test
    void aServerOfWhichTheInventorySaysOtherwiseIsNoted() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..2}: {}")) {
            open(lab, "--until", "4h");
            String inventory = Files.readString(lab.inventory());
            Files.writeString(lab.inventory(), inventory.replaceFirst("127\\.0\\.0\\.1", "localhost"));
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).as(verified.err()).isZero();
            assertThat(verified.out().replaceAll("\\s+", " "))
                    .contains("CHG1: PASS WITH NOTES")
                    .contains("the inventory says otherwise of ps-1 than at the opening: address 127.0.0.1:")
                    .contains(", now localhost:")
                    .doesNotContain("otherwise of ps-2");
        }
    }

    @Test
    void anAreaThatWasNeverReadIsNoted() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: { faults: [{ source: cim, error: access-denied }] }")) {
            open(lab, "--until", "4h", "--force", "--reason", "x");
            Ended verified = change("verify", "CHG1");
            assertThat(verified.out().replaceAll("\\s+", " "))
                    .contains("CHG1: PASS WITH NOTES")
                    .contains("system could not be read before nor after on ps-1, so nothing is known")
                    .contains("antivirus.exclusions could not be judged before nor after on ps-1");
        }
    }

    @Test
    void aWindowWhoseServersWereAlteredProvesNothing() throws Exception {
        try (LabFixture lab = LabFixture.start(
                folder, "ps-1: {}\nps-2: { changes: [{ script: 2, service: svagents, state: stopped }] }")) {
            open(lab, "--until", "4h");
            setState("\\[ \"ps-1\", \"ps-2\" \\]", "[ \"ps-1\" ]");
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).isEqualTo(2);
            assertThat(verified.err()).hasLineCount(1).contains("ps-1, ps-2").contains("nothing can be proven by it");
        }
    }

    @Test
    void aVerdictThatTheFactsDoNotBearClosesNothing() throws Exception {
        try (LabFixture lab =
                LabFixture.start(folder, "ps-1: { changes: [{ script: 2, service: svagents, state: stopped }] }")) {
            open(lab, "--until", "4h");
            assertThat(change("verify", "CHG1").code()).isEqualTo(1);
            setState("\"verdict\" : \"FAIL\"", "\"verdict\" : \"PASS\"");
            Ended closed = change("close", "CHG1");
            assertThat(closed.code()).isEqualTo(1);
            assertThat(closed.err()).hasLineCount(1).contains("the facts that were kept make it FAIL");
            assertThat(openWindows().of("ps-1")).isPresent();
        }
    }

    @Test
    void aWindowWhoseFileIsGoneIsNotTakenForNone() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            Files.delete(folder.resolve("state/changes/CHG1/window.json"));
            assertThatThrownBy(this::openWindows).hasMessageContaining("CHG1/window.json cannot be used: it is gone");
            for (String command : List.of("list", "show CHG1", "verify CHG1", "close CHG1")) {
                Ended ended = change(command.split(" "));
                assertThat(ended.code()).as(command).isEqualTo(2);
                assertThat(ended.err()).hasLineCount(1).contains("it is gone");
            }
            assertThat(open(lab, "--until", "4h").code()).isEqualTo(2);
            assertThat(folder.resolve("state/changes/CHG1/baseline/ps-1.json")).exists();
        }
    }

    @Test
    void aFolderOfWindowsThatIsNotThereIsTold() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            String inventory = lab.inventory().toString();
            String none = folder.resolve("stat").toString();
            Ended remedy = new Commands().run("remediate", "-i", inventory, "--changes", none);
            assertThat(remedy.code()).isEqualTo(2);
            assertThat(remedy.err()).hasLineCount(1).contains("there is no such folder");
            Ended check = new Commands().run("check", "-i", inventory, "--changes", none);
            assertThat(check.err()).contains("nothing is marked as planned by --changes: there is no folder " + none);
        }
    }

    @Test
    void aHiddenFileBesideFactsIsNoneOfThem() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            Path baseline = folder.resolve("state/changes/CHG1/baseline");
            Files.writeString(baseline.resolve("._ps-1.json"), "of another program");
            assertThat(change("verify", "CHG1").code()).isZero();
        }
    }

    @Test
    void aWindowThatCannotBeReadStopsNoOther() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            Path broken = Files.createDirectories(folder.resolve("state/changes/CHG0"))
                    .resolve("window.json");
            Files.writeString(broken, "{");
            Ended opened = open(lab, "--until", "4h");
            assertThat(opened.code()).isZero();
            assertThat(opened.out().replaceAll("\\s+", " ")).contains("whether another window overlaps is not known");
            Ended verified = change("verify", "CHG1");
            assertThat(verified.code()).isZero();
            assertThat(verified.out()).contains("CHG1: PASS WITH NOTES");
            Ended list = change("list");
            assertThat(list.code()).isEqualTo(2);
            assertThat(list.out()).contains("CHG1");
            assertThat(list.err()).contains("CHG0/window.json cannot be used").hasLineCount(1);
            assertThat(change("close", "CHG1").code()).isZero();
            assertThat(change("abort", "CHG0", "--reason", "x").code()).isEqualTo(2);
        }
    }

    @Test
    void forcingAFleetThatIsFitIsToldAndTheReasonKept() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            assertThat(open(lab, "--until", "4h", "--force", "--reason", "to be safe")
                            .out())
                    .contains("nothing was forced");
            assertThat(change("show", "CHG1").out()).contains("to be safe");
            assertThat(change("verify", "CHG1").out()).contains("CHG1: PASS (");
        }
    }

    @Test
    void aLastReadingIsMadeWhenTheTimeIsUp() throws Exception {
        try (LabFixture lab = LabFixture.start(
                folder,
                "ps-1: { changes: [{ script: 2, service: svagents, state: stopped },"
                        + " { script: 3, service: svagents, state: running }] }")) {
            open(lab, "--until", "4h");
            Ended verified = change("verify", "CHG1", "--wait", "2s", "--every", "1h");
            assertThat(verified.out()).contains("CHG1: PASS");
            assertThat(verified.err()).contains("0 of 1 well; waiting for ps-1: svagents is stopped");
        }
    }

    @Test
    void aVerificationThatWasStoppedIsToldByShow() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            change("verify", "CHG1");
            FileWindows store = new FileWindows(folder.resolve("state/changes"));
            Window window = store.find("CHG1").orElseThrow();
            store.save(window.verified(
                    Window.Verification.begun(2, Instant.now(), "bob at there"),
                    new Window.Event(Instant.now(), "bob at there", "verifying", "")));
            Ended shown = change("show", "CHG1");
            assertThat(shown.err()).contains("that bob at there began").contains("this is the one before");
            assertThat(change("close", "CHG1").err()).contains("stopped in the middle");
        }
    }

    @Test
    void aVerdictThatIsAnotherOneNowIsToldByShow() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            change("verify", "CHG1");
            setState("\"verdict\" : \"PASS\"", "\"verdict\" : \"FAIL\"");
            assertThat(change("show", "CHG1").err())
                    .contains("the verdict that was recorded is FAIL; asrdoctor")
                    .contains("makes it PASS of the same facts");
        }
    }

    @Test
    void theSameEndAgainIsNoExtension() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "2030-01-01T00:00Z".replace("2030-01-01", tomorrow()));
            assertThat(change("extend", "CHG1", "--until", tomorrow() + "T00:00Z")
                            .err())
                    .contains("already");
        }
    }

    private static String tomorrow() {
        return Instant.now().plus(Duration.ofDays(1)).toString().substring(0, 10);
    }

    @Test
    void aListForProgramsKeepsToItsSchema() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            open(lab, "--until", "4h");
            Path file = Files.writeString(
                    folder.resolve("list.json"), change("list", "-o", "json").out());
            assertThat(Schemas.complaints("src/main/resources/schemas/change-list-1.schema.json", file))
                    .isEmpty();
            assertThat(new JsonMapper()
                            .readTree(Files.readString(file))
                            .at("/windows/0/change")
                            .asString())
                    .isEqualTo("CHG1");
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
            Leases.Lease held = new FileWindows(folder.resolve("state/changes")).take("CHG1");
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
                            folder.resolve("state/changes/CHG1/window.json")))
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
                    .doesNotContain("http:", "https:", "src=", "href=")
                    .contains("overflow-wrap: anywhere")
                    .contains(">opened: 2 servers</td>")
                    .containsSubsequence(
                            "<h2>New problems</h2>", "<h2>Servers</h2>", "<summary>1 server passes</summary>");
            assertThat(Files.readString(folder.resolve("r.md")))
                    .contains("| opened: 2 servers |")
                    .containsSubsequence("# Change CHG1: FAIL", "## New problems", "## Servers", "1 server passes");
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
            assertThat(new Commands()
                            .run("check", "-i", inventory, "--changes", state, "-o", "junit")
                            .out())
                    .containsPattern("<property name=\"plannedChange\" value=\"CHG1 until 20[^\"]*Z\"");
            assertThat(new Commands()
                            .run("check", "-i", inventory, "--changes", state, "-o", "csv")
                            .out()
                            .lines())
                    .first()
                    .asString()
                    .endsWith(",plannedChange");
            assertThat(new Commands().run("check", "-i", inventory).out()).doesNotContain("planned");
        }
    }

    @Test
    void diagnoseTellsWhichOfACausesServersAreInAnOpenWindow() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, """
                ps-1: { services: { svagents: stopped } }
                ps-2: {}
                ps-3: { services: { svagents: stopped } }
                """)) {
            open(lab, "--until", "4h", "--force", "--reason", "x", "ps-1", "ps-2");
            String inventory = lab.inventory().toString();
            String state = folder.resolve("state").toString();
            Ended text = new Commands().run("diagnose", "-i", inventory, "--changes", state);
            assertThat(text.out())
                    .containsOnlyOnce("planned on ")
                    .contains("planned on ps-1: CHG1 is open until")
                    .doesNotContain("ps-2");
            Path file = folder.resolve("diagnosis.json");
            Files.writeString(
                    file,
                    new Commands()
                            .run("diagnose", "-i", inventory, "--changes", state, "-o", "json")
                            .out());
            assertThat(Schemas.complaints("src/main/resources/schemas/diagnosis-1.schema.json", file))
                    .isEmpty();
            JsonNode planned = new JsonMapper().readTree(Files.readString(file)).at("/causes/0/plannedChanges");
            assertThat(planned).hasSize(1);
            assertThat(planned.get(0).path("server").asString()).isEqualTo("ps-1");
            assertThat(planned.get(0).path("change").asString()).isEqualTo("CHG1");
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

    @Test
    void whatCouldNeverComeIsToldBeforeAnythingIsRead() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-1: {}")) {
            Path file = Files.writeString(folder.resolve("expect.yaml"), """
                    version: 1
                    expect:
                      - { path: ps-1/services/svagents/startType, is: removed, to: manual }
                      - { path: ps-1/services/svagents/startType, is: added, from: manual }
                      - { path: ps-1/services/svagents/startType, from: manual, to: manual }
                      - { path: ps-1/services/svagents/processId }
                      - { path: ps-1/host/bootedAt }
                      - { path: ps-1/upload/windowMillis }
                      - { path: ps-1/problems/services.runing/svagents }
                      - { path: ps-1/problems/services.running/svagents, to: failed }
                      - { path: ps-1/problems }
                      - { path: ps-1/services/svagents/startType, is: moved }
                    allow:
                      - { path: ps-1/host/bootedAt }
                    """);
            Ended ended = open(lab, "--until", "4h", "--expect", file.toString());
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).contains(":3:").contains("'to' can never fit"),
                            line -> assertThat(line).contains(":4:").contains("'from' can never fit"),
                            line -> assertThat(line).contains(":5:").contains("no difference"),
                            line -> assertThat(line).contains(":6:").contains("processId' is never compared"),
                            line -> assertThat(line).contains(":7:").contains("bootedAt' is never compared"),
                            line -> assertThat(line).contains(":8:").contains("windowMillis' is never compared"),
                            line -> assertThat(line).contains(":9:").contains("did you mean 'services.running'?"),
                            line -> assertThat(line).contains(":10:").contains("not 'failed'; did you mean 'fail'?"),
                            line -> assertThat(line).contains(":11:").contains("a check is missing"),
                            line -> assertThat(line)
                                    .contains(":12:")
                                    .contains("'moved' is not one of added, removed, changed"));
        }
    }

    @Test
    void aPasswordThatIsRefusedIsNotPresentedAgainWhileItWaits() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps-{1..6}: {}")) {
            open(lab, "--until", "4h");
            Files.writeString(folder.resolve("lab.yaml.password"), "of-last-year-1\n");
            Ended verified = change("verify", "CHG1", "--wait", "4s", "--every", "1s");
            assertThat(verified.code()).as(verified.err()).isEqualTo(3);
            assertThat(lab.lab().logonFailures()).isEqualTo(2);
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
        return OpenWindows.read(new FileWindows(folder.resolve("state/changes")), Instant.now());
    }

    private void setState(String from, String to) throws Exception {
        Path file = folder.resolve("state/changes/CHG1/window.json");
        Files.writeString(file, Files.readString(file).replaceFirst(from, to));
    }
}
