package dev.asrdoctor.diagnosis;

import static dev.asrdoctor.diagnosis.Findings.diagnose;
import static dev.asrdoctor.diagnosis.Findings.fail;
import static dev.asrdoctor.diagnosis.Findings.finding;
import static dev.asrdoctor.diagnosis.Findings.pass;
import static dev.asrdoctor.diagnosis.Findings.patient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.report.view.DiagnosisView;
import dev.asrdoctor.testing.ServerMaker;
import dev.asrdoctor.testing.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoctorTest {
    /** Uses a proxy, and whether it gets through. */
    private static Patient behind(String name, String proxy, boolean through) {
        return patient(
                name,
                finding("proxy.same", "", Status.PASS, Severity.INFO, "product", proxy, "mars", proxy),
                through
                        ? finding("proxy.reachable", proxy, Status.PASS, Severity.INFO, "proxy", proxy)
                        : fail("proxy.reachable", proxy, "proxy", proxy, "result", "timeout"),
                through ? pass("upload.moving") : fail("upload.moving", "", "kilobytesASecond", 0L, "processes", 1),
                through
                        ? pass("mars.log")
                        : fail("mars.log", "log", "lastContact", "2026-11-23T02:10:0" + name.length() % 10 + "Z"));
    }

    @Test
    void oneDeadProxyOfManyServersIsOneCauseWithItsMembersAndWhenItBegan() {
        List<Patient> fleet = new ArrayList<>();
        for (int i = 10; i < 50; i++) {
            fleet.add(i < 27 ? behind("ps-" + i, "p1:8080", false) : behind("ps-" + i, "p2:8080", true));
        }
        Diagnosis.Named cause = diagnose(fleet).causes().getFirst();
        assertThat(diagnose(fleet).causes()).hasSize(1);
        assertThat(cause.cause()).isEqualTo("proxy-down");
        assertThat(cause.title()).contains("p1:8080");
        assertThat(cause.servers()).hasSize(17).contains("ps-10", "ps-26");
        assertThat(cause.shared()).isEqualTo(new Diagnosis.Shared("proxy", "p1:8080", 17, 0));
        assertThat(cause.since())
                .isBetween(Instant.parse("2026-11-23T02:10:00Z"), Instant.parse("2026-11-23T02:10:10Z"));
        assertThat(cause.explains()).extracting(hit -> hit.finding().check()).contains("upload.moving", "mars.log");
    }

    @Test
    void aProxyThatOthersReachIsNotCalledDead() {
        List<Patient> fleet = List.of(
                behind("ps-1", "p1:8080", false), behind("ps-2", "p1:8080", true), behind("ps-3", "p1:8080", true));
        assertThat(diagnose(fleet).causes()).extracting(Diagnosis.Named::cause).containsExactly("proxy-path");
    }

    @Test
    void aCauseOfSeveralServersNamesTheHostsOfAll() {
        List<Patient> fleet = List.of(
                unresolved("ps-1", "one.blob.core.windows.net:443"),
                unresolved("ps-2", "two.blob.core.windows.net:443"));
        Diagnosis.Named cause = diagnose(fleet).causes().getFirst();
        assertThat(cause.cause()).isEqualTo("azure-name");
        assertThat(cause.title()).endsWith("one.blob.core.windows.net, two.blob.core.windows.net");
    }

    @Test
    void aPlaceThatNothingFillsLeavesNoColonBehind() {
        Patient patient = patient("ps-1", fail("transport.logs", "cxpsclient"));
        assertThat(diagnose(List.of(patient)).causes().getFirst().nextAction())
                .contains("Read the lines")
                .endsWith("none.");
    }

    @Test
    void whereItIsInOrderItDoesNotShow() throws Exception {
        List<Patient> fleet = List.of(
                patient("ps-1", pass("time.offset"), pass("time.source")),
                patient("ps-2", fail("time.offset", "", "offsetMillis", 400_000L), pass("time.source")));
        assertThat(Shown.in("text", new DiagnosisView(diagnose(fleet), OpenWindows.NONE).all()))
                .contains("- time.offset: ")
                .doesNotContain("time.offset on 2 servers");
    }

    private static Patient unresolved(String name, String host) {
        return patient(name, fail("firewall.urls", "dns", "hosts", List.of(host), "all", false));
    }

    @Test
    void theOrderOfServersAndFindingsChangesNothing() {
        List<Patient> fleet = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            fleet.add(behind("ps-" + i, "p" + i % 3 + ":8080", i % 3 != 1 || i > 20));
        }
        List<String> told = told(fleet);
        for (int seed = 0; seed < 20; seed++) {
            List<Patient> shuffled = new ArrayList<>(fleet);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(told(shuffled)).isEqualTo(told);
        }
    }

    private static List<String> told(List<Patient> fleet) {
        return diagnose(fleet).causes().stream()
                .map(cause -> cause.cause() + cause.at() + cause.confidence() + cause.nextAction())
                .toList();
    }

    @Test
    void aLineThatHoldsOnlySometimesIsItsOwnCause() {
        Patient source = patient(
                ServerMaker.server("src-1", Deployment.SOURCE_MACHINE),
                finding(
                        "source.connection",
                        "ps-1",
                        Status.WARN,
                        Severity.HIGH,
                        "source",
                        "src-1",
                        "processServer",
                        "ps-1",
                        "connected",
                        2,
                        "attempts",
                        3,
                        "results",
                        List.of("ok", "timeout", "ok")));
        assertThat(diagnose(List.of(source)).causes())
                .extracting(Diagnosis.Named::cause)
                .containsExactly("source-path-lossy");
    }

    @Test
    void whatNoKnownCauseExplainsIsStillTold() {
        Diagnosis diagnosis = diagnose(List.of(patient("ps-1", fail("upload.moving", "", "processes", 1))));
        Diagnosis.Named cause = diagnosis.causes().getFirst();
        assertThat(cause.confidence()).isLessThan(0.5);
        assertThat(cause.evidence()).extracting(hit -> hit.finding().check()).contains("upload.moving");
    }

    @Test
    void anUnknownFactSpeaksNeitherForNorAgainstAndIsAskedFor() {
        Diagnosis diagnosis = diagnose(List.of(patient(
                "ps-1",
                fail("upload.moving", "", "processes", 1),
                finding("firewall.urls", "", Status.UNKNOWN, Severity.LOW))));
        Diagnosis.Named cause = diagnosis.causes().getFirst();
        assertThat(cause.cause()).isEqualTo("upload-engine-hangs");
        assertThat(cause.confidence()).isLessThan(0.5);
        assertThat(cause.nextAction()).startsWith("Find out whether firewall.urls passes");
    }

    @Test
    void aWaivedFindingIsNoSymptom() {
        assertThat(diagnose(List.of(patient(
                                "ps-1",
                                finding(
                                        "services.running",
                                        "svagents",
                                        Status.WAIVED,
                                        Severity.CRITICAL,
                                        "problem",
                                        "stopped"))))
                        .causes())
                .isEmpty();
    }

    @Test
    void replicatedMachinesBehindAServerCountAsAffected() {
        List<Patient> fleet = new ArrayList<>();
        fleet.add(patient("ps-1", fail("services.running", "cxprocessserver", "problem", "stopped")));
        for (int i = 0; i < 5; i++) {
            fleet.add(patient(
                    ServerMaker.source("src-" + i, "ps-1"),
                    fail("source.connection", "ps-1", "results", List.of("refused"))));
        }
        Diagnosis.Named cause = diagnose(fleet).causes().getFirst();
        assertThat(cause.cause()).isEqualTo("service-stopped");
        assertThat(cause.at()).containsExactly("ps-1");
        assertThat(cause.machines()).isEqualTo(5);
        assertThat(cause.servers()).hasSize(6);
    }

    @Test
    void ofAWholeFleetOnlyWhatConcernsTheServersAskedForIsTold() {
        Diagnosis diagnosis = diagnose(List.of(
                patient("ps-1", fail("services.running", "svagents", "problem", "stopped")),
                patient("ps-2", fail("services.running", "tmansvc", "problem", "disabled"))));
        assertThat(diagnosis.about(Set.of("ps-2")).causes())
                .extracting(Diagnosis.Named::cause)
                .containsExactly("service-disabled");
    }

    @Test
    void oneServersReasoningGoesThroughEveryQuestion() {
        Diagnosis diagnosis =
                Doctor.diagnose(List.of(behind("ps-1", "p1:8080", false)), KnowledgeReader.shipped(), Set.of("ps-1"));
        List<Diagnosis.Answered> reasoning = diagnosis.reasoning().get("ps-1");
        assertThat(reasoning).hasSize(KnowledgeReader.shipped().flow().size());
        assertThat(reasoning)
                .anyMatch(answered -> answered.status() == Status.FAIL
                        && answered.question().checks().contains("proxy.reachable")
                        && answered.rulesOut().contains("proxy-name"));
    }

    @Test
    void aSymptomIsNeverMoreThanEvenAndSaysWhatHasToBeReadFirst() {
        Finding lines = fail("transport.logs", "cxpsclient", "lines", List.of("login failed"));
        Diagnosis.Named unread = first(lines, finding("health.disk-space", "", Status.UNKNOWN, Severity.LOW));
        assertThat(unread.cause()).isEqualTo("transfers-fail");
        assertThat(unread.confidence()).isLessThan(0.4);
        assertThat(unread.unsettled()).isNotEmpty();
        assertThat(unread.nextAction()).startsWith("Read first what could not be read");
        assertThat(unread.ruledOut()).isNotEmpty();
    }

    @Test
    void whatWasNotReadAndCouldExplainItLeavesNothingSure() {
        Finding off = fail("services.running", "obengine", "problem", "crashed");
        assertThat(first(off).confidence()).isLessThan(0.9);
        assertThat(first(off).unsettled()).extracting(Unread::check).contains("deployment");
    }

    @Test
    void ofTwoThatExplainEachOtherTheOneOnTheDeeperLevelIsTheCause() throws Exception {
        String causes = """
                version: 1
                causes:
                  above:
                    level: transfer
                    title: above
                    needs: [{ check: mars.log, status: fail }]
                    explains: [{ check: upload.moving }]
                    next: nothing
                  below:
                    level: machine
                    title: below
                    needs: [{ check: upload.moving, status: fail }]
                    explains: [{ check: mars.log }]
                    next: nothing
                """;
        Diagnosis diagnosis = Doctor.diagnose(
                List.of(patient("ps-1", fail("mars.log", ""), fail("upload.moving", ""))),
                KnowledgeReader.parse(causes, "test", Map.of()));
        assertThat(diagnosis.causes()).extracting(Diagnosis.Named::cause).containsExactly("below");
        assertThat(diagnosis.causes().getFirst().through()).containsExactly("above");
    }

    @Test
    void whatOnlySomeOfTheServersShareMakesThemACauseOfTheirOwn() {
        List<Patient> fleet = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            boolean shares = i < 4;
            Finding source = finding(
                    "time.source",
                    "",
                    Status.PASS,
                    Severity.INFO,
                    "sources",
                    List.of(shares ? "ntp-b.example" : "ntp-" + i + ".example"));
            Finding offset = i < 4 || i == 7 || i == 9
                    ? fail("time.offset", "", "offsetMillis", 400_000L + 100_000L * i)
                    : pass("time.offset");
            fleet.add(patient("ps-" + i, source, offset));
        }
        assertThat(diagnose(fleet).causes())
                .extracting(cause -> cause.at().size())
                .containsExactlyInAnyOrder(4, 2);
        assertThat(diagnose(fleet).causes().getFirst().shared())
                .isEqualTo(new Diagnosis.Shared("time-source", "ntp-b.example", 4, 0));
    }

    @Test
    void noServerIsToldWhatTheLogOfAnotherSays() {
        Diagnosis.Named cause = diagnose(List.of(
                        patient("ps-1", fail("mars.log", "refused", "lines", List.of("first"))),
                        patient("ps-2", fail("mars.log", "refused", "lines", List.of("second")))))
                .causes()
                .getFirst();
        assertThat(cause.nextAction()).contains("On ps-1: first").doesNotContain("second");
    }

    @Test
    void whatWasDoneJustBeforeItBeganIsToldWithIt() {
        Diagnosis.Named cause = first(
                fail("services.running", "obengine", "problem", "crashed", "lastCrash", "2026-11-29T10:00:00Z"),
                finding(
                        "machine.changes",
                        "",
                        Status.PASS,
                        Severity.INFO,
                        "changes",
                        List.of(
                                "2026-11-29T09:40:00Z an update was installed (KB5047001)",
                                "2026-11-28T09:40:00Z group policy was applied anew")));
        assertThat(cause.before()).containsExactly("2026-11-29T09:40:00Z an update was installed (KB5047001) on ps-1");
    }

    private static Diagnosis.Named first(Finding... findings) {
        return diagnose(List.of(patient("ps-1", findings))).causes().getFirst();
    }
}
