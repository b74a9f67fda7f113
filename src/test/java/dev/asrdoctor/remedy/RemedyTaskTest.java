package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.RunPolicy;
import dev.asrdoctor.probe.AnswerException;
import dev.asrdoctor.probe.AnswerFailure;
import dev.asrdoctor.probe.RemedyScript;
import dev.asrdoctor.probe.Request;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.remedy.StepResult.Verdict;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.Journal;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.file.FileJournal;
import dev.asrdoctor.store.file.FileJournals;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.ServerMaker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

class RemedyTaskTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Step SVAGENTS = new Step(Step.Action.START, "svagents", "svagents", "approved");
    private static final String KEPT =
            "{\"remedy\":{\"data\":{\"leased\":false,\"kept\":\"%s\",\"keptBy\":%s," + "\"steps\":[],\"events\":[]}}}";

    @TempDir
    Path folder;

    private final ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
    private final RemedyTask.Reading reading = mock();
    private final RemedyScript script = mock();
    private final Session session = mock();
    private Policy policy = Policy.DEFAULT;
    private OpenWindows windows = OpenWindows.NONE;
    private RunBrake brake;

    @BeforeEach
    void twoServicesAreDown() throws Exception {
        policy = policy.with(
                RailLimits.KILL_SWITCH, folder.resolve("asrdoctor.stop").toString());
        brake = spy(new RunBrake(policy, InstantSource.fixed(NOW), null, now -> windows));
        server.service(AsrService.VX_AGENT).stopped(0L);
        server.service(AsrService.TMANSVC).stopped(0L);
        when(reading.read(any(), any(), any())).thenAnswer(call -> server.facts());
        when(script.run(any(), any(), any()))
                .thenReturn("{\"remedy\":{\"data\":{\"leased\":true,\"steps\":[],\"events\":[]}}}");
    }

    private ServerResult heal(List<Attempt> history, Step... approved) throws Exception {
        try (Journal journal = FileJournal.open(folder.resolve("journal.jsonl"), "a test")) {
            return heal(journal, history, approved);
        }
    }

    private ServerResult heal(Journal journal, List<Attempt> history, Step... approved) throws Exception {
        return new RemedyTask(
                        reading,
                        script,
                        policy,
                        RunPolicy.DEFAULT,
                        InstantSource.fixed(NOW),
                        journal,
                        history,
                        Map.of("ps1", List.of(approved)),
                        brake)
                .run(server.server(), session, Deadline.after(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource({"0, 24", "1440, 24", "1441, 25", "4320, 72", "5256000, 8784"})
    void readsEventsOfAsLongAsAPersonsStopIsRespected(long minutes, int hours) {
        for (RemedyMode more : RemedyMode.values()) {
            RemedyTask.Reading read = new RemedyTask.Reading(
                    mock(),
                    policy.with(RailLimits.HUMAN_STOP, Duration.ofMinutes(minutes))
                            .with(Remedy.RESTART_AGENT.setting(), more),
                    Duration.ofSeconds(60),
                    List.of(server.server()));
            assertThat(read.request(server.server()).eventHours()).isEqualTo(hours);
        }
    }

    @Test
    void doesTheStepsThatWereApprovedAndNoOthers() throws Exception {
        ServerResult result = heal(List.of(), SVAGENTS);

        ArgumentCaptor<Request.Remedy> asked = ArgumentCaptor.forClass(Request.Remedy.class);
        verify(script).run(asked.capture(), any(), any());
        assertThat(asked.getValue().steps()).extracting(Request.Step::target).containsExactly("svagents");
        assertThat(result.plan().keys()).containsExactly("svagents");
        assertThat(new FileJournals(folder.resolve("journal.jsonl")).attempts())
                .extracting(Attempt::services)
                .containsExactly(List.of("svagents"));
    }

    @Test
    void doesNothingOfWhatWasApprovedForAnotherState() throws Exception {
        heal(List.of(), new Step(Step.Action.RESUME, "svagents", "svagents", "approved"));
        verify(script, never()).run(any(), any(), any());
    }

    @Test
    void doesNothingOnceAChangeWindowHasBeenOpened() throws Exception {
        windows = new OpenWindows(Map.of("ps1", List.of(new OpenWindows.Hold("CHG7", NOW.plusSeconds(60)))));
        ServerResult result = heal(List.of(), SVAGENTS);
        verify(script, never()).run(any(), any(), any());
        assertThat(result.plan().heldBack()).extracting(HeldBack::guard).containsExactly("change-window");
        assertThat(new FileJournals(folder.resolve("journal.jsonl")).attempts()).isEmpty();
    }

    @Test
    void givesTheScriptAsLongAsItsOwnWaitsMayTake() throws Exception {
        heal(List.of(), SVAGENTS);
        ArgumentCaptor<Request.Remedy> asked = ArgumentCaptor.forClass(Request.Remedy.class);
        ArgumentCaptor<Deadline> limit = ArgumentCaptor.forClass(Deadline.class);
        verify(script).run(asked.capture(), any(), limit.capture());
        assertThat(limit.getValue().remaining()).isGreaterThan(asked.getValue().longest());
    }

    @Test
    void aServerWhoseProofCannotBeJudgedIsNotOneThatWasNotReached() throws Exception {
        Facts odd = mock();
        when(odd.read(any())).thenThrow(new IllegalStateException("odd"));
        when(reading.read(any(), any(), any())).thenReturn(server.facts(), odd);
        ServerResult result = heal(List.of(), SVAGENTS);
        assertThat(result.steps()).extracting(StepResult::verdict).containsExactly(Verdict.UNKNOWN);
        assertThat(result.failed()).isTrue();
        assertThat(result.after()).isNull();
        assertThat(new FileJournals(folder.resolve("journal.jsonl")).attempts())
                .allMatch(Attempt::ended)
                .hasSize(1);
    }

    private static List<Attempt> keptOut(int times) {
        List<Attempt> history = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            history.add(new Attempt(
                    "a" + i,
                    "PS1",
                    NOW.minus(Duration.ofHours(times - i)),
                    "",
                    List.of("svagents"),
                    Map.of("svagents", (i < 2 ? "NOT_TRIED" : "KEPT_OUT") + ": nothing was done")));
        }
        return history;
    }

    @Test
    void aServerThatIsKeptFromBeingHealedAgainAndAgainFails() throws Exception {
        when(script.run(any(), any(), any())).thenReturn(KEPT.formatted("busy", "null"));
        for (int before = 0; before < 5; before++) {
            StepResult step = heal(keptOut(before), SVAGENTS).steps().getFirst();
            assertThat(step.verdict()).isEqualTo(before < 2 ? Verdict.NOT_TRIED : Verdict.KEPT_OUT);
            assertThat(step.failed()).isEqualTo(before >= 2);
            assertThat(step.reason()).startsWith("nothing was done: another asrdoctor is healing this server");
        }
    }

    @Test
    void aServerThatWasHealedInBetweenIsNotKeptOut() throws Exception {
        when(script.run(any(), any(), any())).thenReturn(KEPT.formatted("busy", "null"));
        List<Attempt> history = new ArrayList<>(keptOut(4));
        history.add(new Attempt("x", "ps1", NOW, "", List.of("svagents"), Map.of("svagents", "FAILED: error 5")));
        assertThat(heal(history, SVAGENTS).steps().getFirst().verdict()).isEqualTo(Verdict.NOT_TRIED);
    }

    @Test
    void whatKeptAnotherServerFromBeingHealedDoesNotCount() throws Exception {
        when(script.run(any(), any(), any())).thenReturn(KEPT.formatted("busy", "null"));
        List<Attempt> others = keptOut(4).stream()
                .map(attempt -> new Attempt(
                        attempt.id(), "ps2", attempt.at(), attempt.by(), attempt.services(), attempt.results()))
                .toList();
        assertThat(heal(others, SVAGENTS).steps().getFirst().verdict()).isEqualTo(Verdict.NOT_TRIED);
    }

    @Test
    void tellsAStrangerWhoHoldsTheLeaseApartFromAnotherController() throws Exception {
        when(script.run(any(), any(), any())).thenReturn(KEPT.formatted("busy", "\"LAB\\\\mallory\""));
        assertThat(heal(List.of(), SVAGENTS).steps().getFirst().reason()).contains("a process of LAB\\mallory holds");
        when(script.run(any(), any(), any())).thenReturn(KEPT.formatted("denied", "null"));
        assertThat(heal(List.of(), SVAGENTS).steps().getFirst().reason())
                .contains("a process of an account that lets nobody else look at it holds");
    }

    @Test
    void nothingIsDoneThatCouldNotBeWrittenDownFirst() throws Exception {
        Journal journal = mock();
        doThrow(new StoreException("the disk is full")).when(journal).append(any());

        ServerResult result = heal(journal, List.of(), SVAGENTS);

        verify(script, never()).run(any(), any(), any());
        assertThat(result.steps())
                .containsExactly(new StepResult(
                        result.plan().steps().getFirst(), Verdict.FAILED, "it was not tried: the disk is full"));
    }

    @Test
    void whatWasNotHealedIsToldToTheBrakeAsThat() throws Exception {
        heal(List.of(), SVAGENTS);

        verify(brake).ended(false);
    }

    @Test
    void whatWasHealedIsToldToTheBrakeAsThat() throws Exception {
        ServerMaker healed = ServerMaker.healthy(Deployment.STANDALONE);
        when(reading.read(any(), any(), any())).thenReturn(server.facts(), healed.facts());

        assertThat(heal(List.of(), SVAGENTS).failed()).isFalse();
        verify(brake).ended(true);
    }

    @Test
    void aServerOfWhichNothingWasTriedIsNoneThatWasHealedOrNot() throws Exception {
        when(script.run(any(), any(), any())).thenReturn(KEPT.formatted("busy", "null"));

        heal(List.of(), SVAGENTS);

        verify(brake, never()).ended(anyBoolean());
    }

    @Test
    void nobodyKnowsWhatCameOfAServerThatCannotBeReadAgain() throws Exception {
        when(reading.read(any(), any(), any()))
                .thenReturn(server.facts())
                .thenThrow(new AnswerException(new AnswerFailure.CutAnswer(2, 1)));

        ServerResult result = heal(List.of(), SVAGENTS);

        assertThat(result.after()).isNull();
        assertThat(result.steps()).extracting(StepResult::verdict).containsExactly(Verdict.UNKNOWN);
    }

    @Test
    void aRunThatIsStoppedLeavesItsIntentOpenAndTheThreadInterrupted() throws Exception {
        when(script.run(any(), any(), any())).thenThrow(new InterruptedException());

        ServerResult result = heal(List.of(), SVAGENTS);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.steps()).extracting(StepResult::verdict).containsExactly(Verdict.UNKNOWN);
        assertThat(result.steps().getFirst().reason()).contains("nobody has looked what came of it");
        assertThat(new FileJournals(folder.resolve("journal.jsonl")).attempts())
                .extracting(Attempt::ended)
                .containsExactly(false);
    }
}
