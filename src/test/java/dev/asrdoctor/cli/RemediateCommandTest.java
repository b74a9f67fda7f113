package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.isA;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.spy;

import dev.asrdoctor.cli.Commands.Ended;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.wsman.Operation;
import dev.asrdoctor.store.JournalEntry;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.file.FileJournal;
import dev.asrdoctor.store.file.FileJournals;
import dev.asrdoctor.store.file.OtherWriter;
import dev.asrdoctor.testing.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.MockedStatic;

class RemediateCommandTest {
    @TempDir
    Path folder;

    private Path policy;
    private Path journal;

    @BeforeEach
    void shortWaits() throws Exception {
        policy = Files.writeString(
                folder.resolve("policy.yaml"),
                "version: 1\nremedy: { startWait: 2s, settle: 1s }\nguardRails: { secondLook: 0s }\n");
        journal = folder.resolve("journal.jsonl");
    }

    @Test
    void withoutApplyItPrintsThePlanAndChangesNothing() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            Ended ended = remediate(lab);
            assertThat(ended.out())
                    .contains("1. start svagents")
                    .contains("proof: svagents is running when its state is read again")
                    .contains("Nothing was changed.");
            assertThat(ended.code()).isEqualTo(1);
            assertThat(lab.lab().world("ps").state("svagents")).isEqualTo(ServiceState.STOPPED);
            assertThat(journal).doesNotExist();
        }
    }

    @Test
    void aPlanTellsTheServersThatCouldNotBeRead() throws Exception {
        try (LabFixture lab =
                LabFixture.start(folder, "a: { services: { svagents: stopped } }\nb: { unreachable: true }")) {
            Ended plan = remediate(lab);
            assertThat(plan.out()).contains("? UNKNOWN b").contains("1. start svagents");
            assertThat(plan.code()).isEqualTo(3);
            assertThat(remediate(lab, "-o", "json").out())
                    .contains("\"unreached\"")
                    .contains("connection-refused");
        }
    }

    @Test
    void withApplyItStartsInOrderAndProvesItAndWritesItDown() throws Exception {
        String chain = "ps: { services: { RpcSs: stopped, Winmgmt: stopped, InMage PushInstall: stopped } }";
        try (LabFixture lab = LabFixture.start(folder, chain)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
            assertThat(ended.out())
                    .contains("3 steps done and verified")
                    .contains("x FAIL    -> + PASS")
                    .contains("As far as these tell: deployment, services.running, services.start-type;");
            assertThat(ended.out().indexOf("RpcSs")).isLessThan(ended.out().indexOf("Winmgmt"));
            assertThat(new FileJournals(journal).chain().lines()).isEqualTo(2);
            assertThat(Files.readString(journal))
                    .contains("\"kind\":\"intent\"")
                    .contains("VERIFIED")
                    .doesNotContain("secret-42");
            assertThat(lab.lab().openShells()).isZero();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPasswordIsFetchedOnceForPlanRemedyAndProof() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            String inventory = Files.readString(lab.inventory());
            Files.writeString(
                    lab.inventory(),
                    inventory.replaceFirst(
                            "command: .*?]",
                            "command: [sh, -c, 'echo x >> " + folder.resolve("asked") + "; cat "
                                    + folder.resolve("lab.yaml.password") + "']"));
            assertThat(remediate(lab, "--apply").code()).isZero();
            assertThat(folder.resolve("asked")).content().hasLineCount(1);
        }
    }

    @Test
    void runningItAgainStartsNothingAgain() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            remediate(lab, "--apply");
            Ended again = remediate(lab, "--apply");
            assertThat(again.code()).isZero();
            assertThat(again.out()).contains("Nothing was done");
            assertThat(lab.lab().world("ps").starts("svagents")).isEqualTo(1);
        }
    }

    @Test
    void aServiceThatFallsAgainIsToldWithTheEventAndEndsWithFour() throws Exception {
        String dies =
                "ps: { services: { obengine: { state: stopped, exitCode: 1067, onStart: { outcome: die, after: 100ms,"
                        + " runs: 900ms, exitCode: 1067 } } } }";
        try (LabFixture lab = LabFixture.start(folder, dies)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.code()).isEqualTo(4);
            assertThat(ended.out().replaceAll("\\s+", " "))
                    .contains("obengine: it started and stopped again")
                    .contains("(event 7034)");
        }
    }

    @Test
    void aServiceThatHangsWhileStartingIsGivenUpAfterItsWait() throws Exception {
        try (LabFixture lab = LabFixture.start(
                folder, "ps: { services: { obengine: { state: stopped, onStart: { outcome: hang } } } }")) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.code()).isEqualTo(4);
            assertThat(ended.out()).contains("has not come up in time");
        }
    }

    @Test
    void aDisabledServiceIsNeverStarted() throws Exception {
        try (LabFixture lab =
                LabFixture.start(folder, "ps: { services: { LogUpload: { state: stopped, startType: disabled } } }")) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.out()).contains("LogUpload is left alone: it is disabled");
            assertThat(ended.code()).isEqualTo(1);
            assertThat(lab.lab().world("ps").starts("LogUpload")).isZero();
        }
    }

    @Test
    void aConnectionThatBreaksDuringTheRemedyIsNotRepeatedBlindly() throws Exception {
        String cut =
                "ps: { services: { svagents: stopped }, faults: [{ wire: cut, afterBytes: 100, on: receive, request: 3 }] }";
        try (LabFixture lab = LabFixture.start(folder, cut)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(lab.lab().world("ps").starts("svagents")).isLessThanOrEqualTo(1);
            assertThat(new FileJournals(journal).chain().lines()).isEqualTo(2);
            assertThat(ended.code()).isIn(0, 4);
        }
    }

    @Test
    void readsStartsAndReadsAgainOverOneConnectionWithOneLogon() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            remediate(lab, "--apply");
            assertThat(lab.lab().scripts("ps")).isEqualTo(4);
            // One for the plan, and one for the reading, the remedy and the proof.
            assertThat(lab.lab().endpoint("ps").operations())
                    .containsEntry(Operation.CONNECT, 2L)
                    .containsEntry(Operation.LOGON, 2L);
        }
    }

    @Test
    void aRestartOfWinRmDuringTheRemedyStartsNothingTwiceAndIsReadAgain() throws Exception {
        String restart =
                "ps: { services: { svagents: stopped }, faults: [{ wire: restart, on: receive, request: 3 }] }";
        try (LabFixture lab = LabFixture.start(folder, restart)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(lab.lab().world("ps").starts("svagents")).isLessThanOrEqualTo(1);
            assertThat(lab.lab().scripts("ps")).isEqualTo(4);
            assertThat(new FileJournals(journal).chain().lines()).isEqualTo(2);
            assertThat(ended.code()).isIn(0, 4);
            assertThat(lab.lab().openShells()).isZero();
        }
    }

    @Test
    void withoutAJournalNothingIsChanged() throws Exception {
        Path inTheWay = Files.createDirectories(folder.resolve("journal-is-a-folder"));
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            Ended ended = remediate(lab, "--apply", "--journal", inTheWay.toString());
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err()).contains("journal").hasLineCount(1);
            assertThat(lab.lab().world("ps").starts("svagents")).isZero();
        }
    }

    private void policy(String guardRails, String rest) throws Exception {
        Files.writeString(
                policy,
                "version: 1\nremedy: { startWait: 2s, settle: 1s }\nguardRails: { " + guardRails + " }\n" + rest
                        + "\n");
    }

    private static String words(Ended ended) {
        return ended.out().replaceAll("\\s+", " ");
    }

    @Test
    void aServiceThatDiesAfterItsProofIsFoundByTheSecondLookAndRemembered() throws Exception {
        policy("secondLook: 9s", "");
        String dies = "ps: { services: { obengine: { state: stopped, onStart: { outcome: die, after: 100ms, runs: 8s,"
                + " exitCode: 1067 } } } }";
        try (LabFixture lab = LabFixture.start(folder, dies)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.code()).isEqualTo(4);
            assertThat(words(ended)).contains("x obengine: it came up and fell again", "1 not healed");
            assertThat(Files.readString(journal)).contains("VERIFIED", "\"kind\":\"second-look\"", "STOPPED_AGAIN");
            assertThat(words(remediate(lab, "--apply")))
                    .contains("obengine is left alone: the last time did not last; the next is due in");
            assertThat(lab.lab().world("ps").starts("obengine")).isEqualTo(1);
        }
    }

    @Test
    void aJournalThatBreaksAtTheSecondLookLosesNothingOfWhatIsTold() throws Exception {
        policy("secondLook: 9s", "");
        String dies = "ps: { services: { obengine: { state: stopped, onStart: { outcome: die, after: 100ms, runs: 8s,"
                + " exitCode: 1067 } } } }";
        try (LabFixture lab = LabFixture.start(folder, dies);
                MockedStatic<FileJournal> opened = mockStatic(FileJournal.class, CALLS_REAL_METHODS)) {
            opened.when(() -> FileJournal.open(any(), any())).thenAnswer(call -> {
                FileJournal full = spy((FileJournal) call.callRealMethod());
                doThrow(mock(StoreException.class)).when(full).append(isA(JournalEntry.Looked.class));
                doReturn("the journal cannot be written: no space").when(full).broken();
                return full;
            });
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.code()).isEqualTo(2);
            assertThat(words(ended)).contains("x obengine: it came up and fell again", "1 not healed");
            assertThat(ended.err()).contains("asrdoctor: the journal cannot be written: no space");
        }
    }

    @Test
    void whatHadNoEffectIsNotDoneAgainWithinTheWindow() throws Exception {
        policy("secondLook: 0s, backOff: 0s", "remedies: { exclusions: apply }");
        String protectedByTamper =
                "ps: { machine: { defender: { tamperProtected: true }, cim: { MSFT_MpPreference: [{ ExclusionPath: [],"
                        + " DisableRealtimeMonitoring: false }] } } }";
        try (LabFixture lab = LabFixture.start(folder, protectedByTamper)) {
            Ended first = remediate(lab, "--apply");
            assertThat(first.code()).isEqualTo(4);
            assertThat(words(first)).contains("tamper protection may forbid it");
            assertThat(words(remediate(lab, "--apply"))).contains("had no effect; it needs a human");
            assertThat(new FileJournals(journal).attempts()).hasSize(1);
        }
    }

    @Test
    void aServerInAnOpenChangeWindowIsLeftAloneAlsoWhenItIsOpenedAfterThePlan() throws Exception {
        Path plan = folder.resolve("plan.json");
        policy("secondLook: 0s, fleetPercent: 100", "");
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }\nfine: {}")) {
            String[] open = {
                "change",
                "open",
                "CHG1",
                "-i",
                lab.inventory().toString(),
                "--state",
                folder.resolve("asrdoctor-changes").toString(),
                "--until",
                "2h",
                "--force",
                "--reason",
                "a test",
                "ps"
            };
            remediate(lab, "--plan-out", plan.toString());
            Ended opened = new Commands().run(open);
            assertThat(opened.code()).as(opened.out() + opened.err()).isZero();
            for (String mode : new String[] {"--color=never", "--apply"}) {
                assertThat(words(remediate(lab, mode)))
                        .contains("svagents is left alone: it is in the change window CHG1 until ");
            }
            assertThat(words(remediate(lab, "--apply", "--plan-in", plan.toString())))
                    .contains("change window CHG1");
            assertThat(lab.lab().world("ps").starts("svagents")).isZero();
            assertThat(journal).hasContent("");
        }
    }

    /** Neither names where anything is kept. */
    @Test
    void anOpenWindowHoldsEveryRunOfItsFleet() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            String inventory = lab.inventory().toString();
            Path state = folder.resolve("asrdoctor-state");
            String force = "--force --reason test --until 2h";
            Ended opened = new Commands().run(("change open CHG1 -i " + inventory + " " + force).split(" "));
            assertThat(words(opened))
                    .contains("It is kept in " + state + ",")
                    .contains("change verify CHG1 --wait 30m -i " + inventory);
            Ended held = new Commands().run("remediate", "--apply", "-i", inventory, "--policy", policy.toString());
            assertThat(words(held)).contains("it is in the change window CHG1 until ");
            assertThat(held.err()).contains("state of this fleet: " + state);
            assertThat(state.resolve("journal.jsonl")).isEmptyFile();
            assertThat(words(new Commands().run("check", "-i", inventory))).contains("planned");
            assertThat(new Commands().run("change", "list", "-i", inventory).out())
                    .contains("CHG1");
            assertThat(new Commands()
                            .run("change", "abort", "CHG1", "--reason", "test", "-i", inventory)
                            .code())
                    .isZero();
            Ended healed = new Commands().run("remediate", "--apply", "-i", inventory, "--policy", policy.toString());
            assertThat(healed.code()).as(healed.out() + healed.err()).isZero();
            Ended journal = new Commands().run("journal", "-i", inventory);
            assertThat(journal.out()).contains("svagents");
            assertThat(journal.err()).contains("this is the journal " + state.resolve("journal.jsonl"));
        }
    }

    @Test
    void whereTheStateCannotBeKeptNothingIsBegun() throws Exception {
        Files.writeString(folder.resolve("asrdoctor-state"), "a file");
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            String inventory = lab.inventory().toString();
            for (String line :
                    List.of("remediate --apply -i " + inventory, "change open CHG1 --until 2h -i " + inventory)) {
                Ended ended = new Commands().run(line.split(" "));
                assertThat(ended.code()).isEqualTo(2);
                assertThat(ended.err())
                        .hasLineCount(1)
                        .contains("asrdoctor-state")
                        .contains("--state");
            }
            assertThat(lab.lab().world("ps").starts("svagents")).isZero();
        }
    }

    @Test
    void whereChangeWindowsCannotBeReadNothingIsDone() throws Exception {
        Path windows =
                Files.createDirectories(folder.resolve("asrdoctor-changes").resolve("CHG1"));
        Files.writeString(windows.resolve("window.json"), "nonsense");
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err()).contains("CHG1").hasLineCount(1);
            assertThat(lab.lab().world("ps").starts("svagents")).isZero();
        }
    }

    @Test
    void aRemedyThatHangsIsGivenUpAtItsLimitAndToldAsUnknown() throws Exception {
        Files.writeString(
                policy,
                "version: 1\nrun: { serverDeadline: 4s }\nremedy: { startWait: 1s, settle: 0s }\nguardRails: {"
                        + " secondLook: 0s }\n");
        String hangs = "ps: { services: { svagents: stopped }, faults: [{ source: scm, error: hang, script: 3 }] }";
        try (LabFixture lab = LabFixture.start(folder, hangs)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.code()).isEqualTo(4);
            assertThat(words(ended)).contains("svagents: ");
            assertThat(new FileJournals(journal).attempts())
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.ended()).isTrue());
            assertThat(lab.lab().world("ps").starts("svagents")).isZero();
            assertThat(words(remediate(lab, "--apply"))).contains("the next is due in");
        }
    }

    @Test
    void aServerThatGoesDownInTheMiddleIsToldAsUnknownAndNotTriedAgainAtOnce() throws Exception {
        String slow = "ps: { services: { svagents: { state: stopped, onStart: { outcome: running, after: 60s } } } }";
        try (LabFixture lab = LabFixture.start(folder, slow)) {
            FutureTask<Ended> run = new FutureTask<>(() -> remediate(lab, "--apply"));
            Thread.ofVirtual().start(run);
            while (!run.isDone() && lab.lab().world("ps").state("svagents") != ServiceState.START_PENDING) {
                Thread.sleep(20);
            }
            lab.lab().endpoint("ps").close();
            Ended ended = run.get();
            assertThat(ended.code()).isEqualTo(4);
            assertThat(words(ended)).contains("? svagents: it could not be read afterwards; check the server");
            assertThat(Files.readString(journal)).contains("UNKNOWN: it could not be read afterwards");
            assertThat(lab.lab().world("ps").starts("svagents")).isEqualTo(1);
        }
    }

    @Test
    void accessDeniedIsToldInWordsAndJournalled() throws Exception {
        String denied = "ps: { services: { svagents: { state: stopped, onStart: { outcome: fail, win32Error: 5 } } } }";
        try (LabFixture lab = LabFixture.start(folder, denied)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.code()).isEqualTo(4);
            assertThat(words(ended)).contains("svagents: it did not start: error 5: access is denied");
            assertThat(Files.readString(journal)).contains("FAILED: it did not start: error 5");
        }
    }

    @Test
    void servicesThatDependOnOneAnotherInACircleAreLeftAloneWithTheCircleNamed() throws Exception {
        String circle = "ps: { services: { tmansvc: { state: stopped, dependsOn: [svagents] }, svagents: { state:"
                + " stopped, dependsOn: [tmansvc] } } }";
        try (LabFixture lab = LabFixture.start(folder, circle)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(words(ended)).contains("its dependencies form a circle, which Windows cannot start: ");
            assertThat(ended.code()).isEqualTo(1);
            assertThat(lab.lab().world("ps").starts("svagents")).isZero();
        }
    }

    @Test
    void aRemedyThatThePolicyOnlyRehearsesIsToldAndChangesNothing() throws Exception {
        policy("secondLook: 0s", "remedies: { startTypes: what-if }");
        try (LabFixture lab =
                LabFixture.start(folder, "ps: { services: { cxprocessserver: { startType: manual } } }")) {
            assertThat(words(remediate(lab))).contains("only rehearsed: the policy says what-if");
            Ended ended = remediate(lab, "--apply");
            assertThat(words(ended)).contains("rehearsed: it would set start type of cxprocessserver");
            assertThat(lab.lab().world("ps").startType("cxprocessserver")).isEqualTo("manual");
            policy("secondLook: 0s", "remedies: { startTypes: apply }");
            assertThat(words(remediate(lab, "--apply"))).contains("1 step done and verified");
            assertThat(lab.lab().world("ps").startType("cxprocessserver")).isEqualTo("automatic-delayed");
            assertThat(Files.readString(journal))
                    .contains("\"undo\":{\"set-start-type cxprocessserver\":\"sc.exe config");
        }
    }

    @Test
    void theResultIsAsItsSchemaDescribesItWhateverTheRemedies() throws Exception {
        policy("secondLook: 0s", "remedies: { startTypes: apply, exclusions: what-if, time: apply }");
        String sick = "ps: { clockSlow: 7m, services: { svagents: stopped, cxprocessserver: { startType: manual } } }";
        try (LabFixture lab = LabFixture.start(folder, sick)) {
            for (String mode : new String[] {"--color=never", "--apply"}) {
                Path report = Files.writeString(
                        folder.resolve("result.json"),
                        remediate(lab, mode, "-o", "json").out());
                assertThat(Schemas.complaints("src/main/resources/schemas/remediation-1.schema.json", report))
                        .as(Files.readString(report))
                        .isEmpty();
            }
        }
    }

    @Test
    void theKillSwitchHoldsEverythingBackAlsoInThePlan() throws Exception {
        Path killSwitch = Files.createFile(folder.resolve("stop"));
        Files.writeString(
                policy,
                "version: 1\nremedy: { startWait: 2s, settle: 1s }\nguardRails: { secondLook: 0s, killSwitch: '"
                        + killSwitch + "' }\n");
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            for (String mode : new String[] {"--color=never", "--apply"}) {
                Ended ended = remediate(lab, mode);
                assertThat(ended.out().replaceAll("\\s+", " "))
                        .contains("Nothing is done: the kill switch is on", "take the file " + killSwitch + " away");
                assertThat(lab.lab().world("ps").starts("svagents")).isZero();
            }
            Files.delete(killSwitch);
            assertThat(remediate(lab, "--apply").code()).isZero();
        }
    }

    @Test
    void aKillSwitchThatNoFileCanBeIsRefusedInOneLine() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            for (String name : new String[] {"\"a\\0b\"", "''"}) {
                policy("secondLook: 0s, killSwitch: " + name, "");
                refused(remediate(lab, "--apply"), " file");
            }
            assertThat(lab.lab().world("ps").starts("svagents")).isZero();
        }
    }

    @Test
    void aFleetOfWhichMostIsDownIsNotHealedButToldAsOneFault() throws Exception {
        String servers = "ps-{1..6}: { services: { svagents: stopped } }\nfine-{1..3}: {}";
        try (LabFixture lab = LabFixture.start(folder, servers)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.out().replaceAll("\\s+", " "))
                    .contains("Nothing is done: 6 of 9 servers are down or could not be read, more than 50 %");
            assertThat(lab.lab().world("ps-1").starts("svagents")).isZero();
            assertThat(ended.code()).isEqualTo(1);
        }
    }

    @Test
    void oneRunHealsNoMoreThanItsShareAndTellsWhoWaits() throws Exception {
        String servers = "ps-{1..3}: { services: { svagents: stopped } }\nfine-{1..5}: {}";
        try (LabFixture lab = LabFixture.start(folder, servers)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.out().replaceAll("\\s+", " "))
                    .contains("2 steps done and verified")
                    .contains("this run heals 2 of the 8 servers of the fleet already (guardRails.fleetPercent)");
            assertThat(lab.lab().world("ps-3").starts("svagents")).isZero();
            assertThat(remediate(lab, "--apply").out()).contains("1 step done and verified");
            assertThat(lab.lab().world("ps-3").starts("svagents")).isEqualTo(1);
        }
    }

    @Test
    void aServiceThatFallsAgainAndAgainNeedsAHuman() throws Exception {
        Files.writeString(
                policy,
                "version: 1\nremedy: { startWait: 2s, settle: 1s }\nguardRails: { secondLook: 0s, backOff: 0s, restarts: 2 }\n");
        String dies =
                "ps: { services: { obengine: { state: stopped, exitCode: 1067, onStart: { outcome: die, after: 100ms,"
                        + " runs: 300ms, exitCode: 1067 } } } }";
        try (LabFixture lab = LabFixture.start(folder, dies)) {
            remediate(lab, "--apply");
            remediate(lab, "--apply");
            Ended third = remediate(lab, "--apply");
            assertThat(third.out().replaceAll("\\s+", " "))
                    .contains("it was tried 2 times within 6 h (guardRails.restarts); it needs a human");
            assertThat(lab.lab().world("ps").starts("obengine")).isEqualTo(2);
        }
    }

    @Test
    void servicesThatFailInARowStopTheRun() throws Exception {
        Files.writeString(
                policy,
                "version: 1\nremedy: { startWait: 2s, settle: 1s }\nguardRails: { secondLook: 0s, atOnce: 1, fleetPercent: 100,"
                        + " deploymentPercent: 100, unhealthyPercent: 100 }\n");
        String servers =
                "ps-{1..4}: { services: { obengine: { state: stopped, onStart: { outcome: fail, win32Error: 1069 } } } }";
        try (LabFixture lab = LabFixture.start(folder, servers)) {
            Ended ended = remediate(lab, "--apply");
            assertThat(ended.code()).isEqualTo(4);
            assertThat(ended.out().replaceAll("\\s+", " ")).contains("2 servers in a row were not healed");
            assertThat(new FileJournals(journal).attempts()).hasSize(2);
        }
    }

    @Test
    void anApprovedPlanIsDoneExactlyAndRefusedWhereTheFactsHaveMovedOn() throws Exception {
        Path plan = folder.resolve("plan.json");
        Files.writeString(
                policy,
                "version: 1\nremedy: { startWait: 2s, settle: 1s }\nguardRails: { secondLook: 0s, fleetPercent: 100 }\n");
        String servers =
                "a: { services: { svagents: stopped } }\nb: { services: { tmansvc: stopped }, changes: [{ script: 2,"
                        + " service: tmansvc, state: running }, { script: 2, service: svagents, state: stopped }] }\n"
                        + "c: {}\nd: {}\ne: {}";
        try (LabFixture lab = LabFixture.start(folder, servers)) {
            Ended planned = remediate(lab, "--plan-out", plan.toString(), "a", "b");
            assertThat(planned.err())
                    .contains("the plan for 2 servers stands in " + plan)
                    .hasLineCount(1);
            assertThat(Schemas.complaints("src/main/resources/schemas/plan-1.schema.json", plan))
                    .isEmpty();
            Ended done = remediate(lab, "--apply", "--plan-in", plan.toString());
            assertThat(done.out().replaceAll("\\s+", " "))
                    .contains("1 step done and verified")
                    .contains("svagents is left alone: it is not in the plan that was approved");
            assertThat(lab.lab().world("a").starts("svagents")).isEqualTo(1);
            assertThat(lab.lab().world("b").starts("svagents")).isZero();
        }
    }

    @Test
    void aPlanThatWasChangedIsOldOrIsNoneIsRefusedInOneLine() throws Exception {
        Path plan = folder.resolve("plan.json");
        try (LabFixture lab = LabFixture.start(folder, "a: { services: { svagents: stopped } }")) {
            remediate(lab, "--plan-out", plan.toString());
            String good = Files.readString(plan);
            Files.writeString(plan, good.replace("svagents", "tmansvc"));
            refused(remediate(lab, "--apply", "--plan-in", plan.toString()), "was changed after it was made");
            Files.writeString(plan, "{}");
            refused(remediate(lab, "--apply", "--plan-in", plan.toString()), "is not a plan");
            Files.writeString(plan, "nonsense");
            refused(remediate(lab, "--apply", "--plan-in", plan.toString()), "is not a plan");
            refused(remediate(lab, "--apply", "--plan-in", folder + "/none"), "there is no plan");
            refused(remediate(lab, "--apply", "--plan-out", plan.toString()), "goes without --apply");
            assertThat(lab.lab().world("a").starts("svagents")).isZero();
        }
    }

    @Test
    void aPlanThatWasApprovedAsARehearsalIsNotDoneOnceThePolicyLetsItAct() throws Exception {
        Path plan = folder.resolve("plan.json");
        policy("secondLook: 0s", "remedies: { startTypes: what-if }");
        try (LabFixture lab =
                LabFixture.start(folder, "ps: { services: { cxprocessserver: { startType: manual } } }")) {
            remediate(lab, "--plan-out", plan.toString());
            assertThat(Schemas.complaints("src/main/resources/schemas/plan-1.schema.json", plan))
                    .isEmpty();
            policy("secondLook: 0s", "remedies: { startTypes: apply }");
            assertThat(words(remediate(lab, "--apply", "--plan-in", plan.toString())))
                    .contains("cxprocessserver is left alone: it was approved to be rehearsed, not to be done");
            assertThat(lab.lab().world("ps").startType("cxprocessserver")).isEqualTo("manual");

            remediate(lab, "--plan-out", plan.toString());
            policy("secondLook: 0s", "remedies: { startTypes: what-if }");
            assertThat(words(remediate(lab, "--apply", "--plan-in", plan.toString())))
                    .contains("rehearsed: it would set start type of cxprocessserver");
        }
    }

    @Test
    void aPlanIsNotDoneOnAnotherMachineThatAnotherInventoryCallsTheSame() throws Exception {
        Path plan = folder.resolve("plan.json");
        policy("secondLook: 0s, fleetPercent: 100", "");
        String twins = "a: { services: { svagents: stopped } }\nb: { services: { svagents: stopped } }";
        try (LabFixture lab = LabFixture.start(folder, twins)) {
            remediate(lab, "--plan-out", plan.toString(), "a");
            String inventory = Files.readString(lab.inventory());
            Files.writeString(
                    lab.inventory(),
                    inventory.replace("'a':", "'x':").replace("'b':", "'a':").replace("'x':", "'b':"));
            assertThat(words(remediate(lab, "--apply", "--plan-in", plan.toString(), "a")))
                    .contains("svagents is left alone: what is known of it has changed since the plan was made");
            assertThat(lab.lab().world("b").starts("svagents")).isZero();
        }
    }

    private static void refused(Ended ended, String why) {
        assertThat(ended.err()).contains(why).hasLineCount(1);
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void unattendedItPrintsOneLineAndWritesTheRestIntoALog() throws Exception {
        Path log = folder.resolve("run.log");
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            Ended ended = remediate(lab, "--apply", "--unattended", "--log", log.toString());
            assertThat(ended.code()).isZero();
            assertThat(ended.out())
                    .hasLineCount(1)
                    .contains("1 server, 1 step done and verified, 0 not healed, 0 held back; exit code 0");
            assertThat(Files.readString(log)).contains("svagents: is running, read again afterwards", "exit code 0");
        }
        Ended broken =
                new Commands().run("remediate", "-i", folder + "/none.yaml", "--unattended", "--log", log.toString());
        assertThat(broken.code()).isEqualTo(2);
        assertThat(broken.err()).hasLineCount(1);
        assertThat(Files.readString(log)).contains("none.yaml:1:1: there is no such file");
    }

    @Test
    void anotherProcessIsKeptFromTheJournalAsLongAsARunLasts() throws Exception {
        String slow = "ps: { services: { svagents: { state: stopped, onStart: { outcome: hang } } } }";
        Files.writeString(
                policy, "version: 1\nremedy: { startWait: 20s, settle: 1s }\nguardRails: { secondLook: 0s }\n");
        try (LabFixture lab = LabFixture.start(folder, slow)) {
            FutureTask<Ended> run = new FutureTask<>(() -> remediate(lab, "--apply"));
            Thread.ofVirtual().start(run);
            while (!run.isDone() && (!Files.exists(journal) || Files.size(journal) == 0)) {
                Thread.sleep(50);
            }
            assertThat(OtherWriter.tries(journal)).contains("is being written by another asrdoctor");
            assertThat(run.get().code()).isEqualTo(4);
            assertThat(OtherWriter.tries(journal)).isEqualTo("opened");
        }
    }

    @Test
    void theJournalIsShownCheckedAndExported() throws Exception {
        try (LabFixture lab = LabFixture.start(folder, "ps: { services: { svagents: stopped } }")) {
            remediate(lab, "--apply");
        }
        String file = journal.toString();
        assertThat(new Commands().run("journal", "--journal", file).out())
                .contains("ps  by ", "+ svagents: VERIFIED", "1 attempt, 0 without an end; the chain of 2 lines holds");
        assertThat(new Commands().run("journal", "--journal", file, "--verify").out())
                .contains("holds: 2 lines, none changed")
                .doesNotContain("written whole");
        String sound = Files.readString(journal);
        Files.writeString(journal, sound + sound.substring(0, 40));
        assertThat(new Commands().run("journal", "--journal", file, "--verify").out())
                .contains("holds: 2 lines, none changed. A last one was not written whole");
        Ended torn = new Commands().run("journal", "--journal", file, "--server", "PS");
        assertThat(torn.out()).contains("1 attempt, 0 without an end");
        assertThat(torn.err())
                .hasLineCount(1)
                .contains("a last line of " + file + " was not written whole", file + ".torn");
        Files.writeString(journal, sound);
        assertThat(new Commands()
                        .run("journal", "--journal", file, "-o", "json")
                        .out())
                .contains("\"server\" : \"ps\"", "\"ended\" : true");
        assertThat(new Commands().run("journal", "--journal", file, "-o", "csv").out())
                .contains("at,by,server,service,result", ",ps,svagents,\"VERIFIED");
        Files.writeString(journal, Files.readString(journal).replace("svagents", "tmansvc"));
        Ended changed = new Commands().run("journal", "--journal", file);
        assertThat(changed.code()).isEqualTo(2);
        assertThat(changed.err()).contains("line 1 does not fit the chain").hasLineCount(1);
        assertThat(new Commands().run("journal", "--journal", folder + "/none").err())
                .contains("there is no journal");
        assertThat(new Commands().run("journal", "--journal", file, "-o", "xml").code())
                .isEqualTo(2);
    }

    private Ended remediate(LabFixture lab, String... more) {
        Stream<String> usual = Stream.of("remediate", "-i", lab.inventory().toString(), "--policy", policy.toString());
        Stream<String> named = Stream.of(more).noneMatch("--journal"::equals)
                ? Stream.of("--journal", journal.toString())
                : Stream.empty();
        return new Commands()
                .run(Stream.of(usual, named, Stream.of(more)).flatMap(s -> s).toArray(String[]::new));
    }
}
