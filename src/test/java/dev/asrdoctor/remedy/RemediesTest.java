package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.ClockReading;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.ServerMaker;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemediesTest {
    private static final Step STEP = new Step(Step.Action.START, "tmansvc", "Transport Manager", "it is needed");

    private final ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);

    @ParameterizedTest
    @ValueSource(strings = {"started", "start-failed", "timed-out", "stopped-again", "refused-disabled"})
    void verifiesByWhatWasReadWhateverTheScriptSays(String outcome) {
        StepResult result = judge(answer(outcome, null, null, null), server.facts());

        assertThat(result.verdict()).isEqualTo(StepResult.Verdict.VERIFIED);
        assertThat(result.reason()).contains("read again");
    }

    @Test
    void verifiesByWhatWasReadEvenWhenTheScriptsAnswerWasLost() {
        assertThat(judge(null, server.facts()).verdict()).isEqualTo(StepResult.Verdict.VERIFIED);
    }

    @Test
    void doesNotBelieveTheScriptWithoutReadingAgain() {
        RemedyAnswer started = answer("started", null, null, null);

        assertThat(judge(started, null).verdict()).isEqualTo(StepResult.Verdict.UNKNOWN);
        assertThat(judge(started, ServerMaker.unreadable()).verdict()).isEqualTo(StepResult.Verdict.UNKNOWN);
        assertThat(judge(null, null).reason()).contains("check the server before doing anything else");
    }

    @ParameterizedTest
    @ValueSource(strings = {"started", "start-failed"})
    void cannotTellWhenTheStateWasReadAsUnknown(String outcome) {
        server.service(AsrService.TMANSVC).state(ServiceState.UNKNOWN);

        assertThat(judge(answer(outcome, null, null, null), server.facts()).verdict())
                .isEqualTo(StepResult.Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = ServiceState.class,
            names = {"RUNNING", "UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void verifiesNoStateButRunning(ServiceState state) {
        server.service(AsrService.TMANSVC).state(state);

        assertThat(judge(answer("timed-out", null, null, null), server.facts()).verdict())
                .isEqualTo(StepResult.Verdict.FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "started         | it started, and was down again when it was read as the proof",
                "resumed         | it started, and was down again when it was read as the proof",
                "already-running | it ran already, and was down again when it was read as the proof",
                "stopped-again   | it started and stopped again: error 1067: its process ended unexpectedly"
            })
    void tellsAServiceThatFellAgain(String outcome, String words) {
        server.service(AsrService.TMANSVC).stopped(1067L);

        StepResult result = judge(answer(outcome, null, 1067L, 0L), server.facts());

        assertThat(result.verdict()).isEqualTo(StepResult.Verdict.STOPPED_AGAIN);
        assertThat(result.reason()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "start-failed,     1069, 0,    0,  it did not start: error 1069: the logon of its account failed",
                "start-failed,     -,    1066, 42, it did not start: it ended with its own error code 42",
                "start-failed,     -,    1053, 0,  it did not start: error 1053: it did not answer the start request in"
                        + " time",
                "start-failed,     -,    0,    0,  it did not start",
                "timed-out,        -,    -,    -,  it was told to start and has not come up in time",
                "stuck,            -,    -,    -,  'it is running and did not come out of that in time, so it was not"
                        + " told to start'",
                "refused-disabled, -,    -,    -,  it has been disabled in the meantime",
                "refused-unread,   -,    -,    -,  it has settings that could not be read",
                "not-installed,    -,    -,    -,  it is not installed any more",
                "an odd word,      -,    -,    -,  it did not start"
            })
    void failsWithTheReasonInWords(
            String outcome, @Nullable Long error, @Nullable Long exit, @Nullable Long own, String words) {
        server.service(AsrService.TMANSVC).stopped(0L);

        StepResult result = judge(answer(outcome, error, exit, own), server.facts());

        assertThat(result.verdict()).isEqualTo(StepResult.Verdict.FAILED);
        assertThat(result.reason()).isEqualTo(words);
    }

    @Test
    void namesTheDependencyThatDidNotStart() {
        server.service(AsrService.TMANSVC).stopped(1068L);
        StepOutcome skipped = new StepOutcome(
                "start",
                "tmansvc",
                "stopped",
                Ending.SKIPPED_DEPENDENCY_FAILED,
                "stopped",
                null,
                null,
                null,
                "Winmgmt");

        assertThat(judge(new RemedyAnswer(true, List.of(skipped), List.of()), server.facts())
                        .reason())
                .contains("because Winmgmt did not come right");
    }

    @Test
    void failsWithoutGuessingWhenTheScriptsAnswerWasLostAndTheServiceIsDown() {
        server.service(AsrService.TMANSVC).stopped(0L);

        StepResult result = judge(null, server.facts());

        assertThat(result.verdict()).isEqualTo(StepResult.Verdict.FAILED);
        assertThat(result.reason()).contains("what was tried is not known");
    }

    @Test
    void failsAServiceThatIsGone() {
        server.without(AsrService.TMANSVC);

        assertThat(judge(answer("not-installed", null, null, null), server.facts())
                        .verdict())
                .isEqualTo(StepResult.Verdict.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "7000, it failed to start",
        "7001, a service that it depends on failed to start",
        "7009, it did not answer in time",
        "7022, it hung while starting",
        "7024, it ended with an error",
        "7031, it ended unexpectedly",
        "7038, the logon of its account failed",
        "7777, something happened to it"
    })
    void addsTheNewestEventAboutTheServiceInWords(int id, String words) {
        server.service(AsrService.TMANSVC).stopped(0L);
        RemedyAnswer answer = new RemedyAnswer(
                true,
                answer("start-failed", null, null, null).steps(),
                List.of(
                        event(7034, "Another Service"),
                        event(7034, "1", "2", "Transport Manager"),
                        event(id, "TRANSPORT MANAGER"),
                        event(7023, "tmansvc")));

        assertThat(judge(answer, server.facts()).reason())
                .isEqualTo("it did not start; the event log says: " + words + " (event " + id + ")");
    }

    @Test
    void judgesEveryStepOnItsOwnInTheOrderOfThePlan() {
        server.service(AsrService.TMANSVC).stopped(0L);
        Step other = new Step(Step.Action.RESUME, "PROCESSSERVER", "Process Server", "it is needed");

        List<StepResult> results = Remedies.judge(
                new ServerPlan(ResolvedServer.asSaid(server.server()), List.of(STEP, other), List.of()),
                answer("start-failed", null, null, null),
                server.facts(),
                server.facts(),
                Policy.DEFAULT);

        assertThat(results).extracting(StepResult::step).containsExactly(STEP, other);
        assertThat(results)
                .extracting(StepResult::verdict)
                .containsExactly(StepResult.Verdict.FAILED, StepResult.Verdict.VERIFIED);
        assertThat(new ServerResult(
                                new ServerPlan(ResolvedServer.asSaid(server.server()), List.of(), List.of()),
                                results,
                                server.facts(),
                                null)
                        .failed())
                .isTrue();
    }

    @ParameterizedTest(name = "{0} s off, then {1} s")
    @CsvSource({
        "120, 0, VERIFIED, the clock is 0.0 s ahead",
        "120, 90, VERIFIED, the clock is 90.0 s ahead (+/- 0.0 s) and nearing the right time",
        "-400, -380, VERIFIED, the clock is 6.3 min behind (+/- 0.0 s) and nearing the right time",
        "120, 120, NO_EFFECT, 'Windows Time was asked, and the clock is 2.0 min ahead'",
        "120, -130, NO_EFFECT, 'Windows Time was asked, and the clock is 2.2 min behind'",
        "0, 120, NO_EFFECT, 'Windows Time was asked, and the clock is 2.0 min ahead'",
    })
    void aClockThatNearsTheRightTimeIsBeingHealed(long before, long after, StepResult.Verdict verdict, String words) {
        Step step = Step.of(Remedy.RESYNC_CLOCK, Step.Action.RESYNC_TIME, ResyncTime.CLOCK, "the clock is off");
        ServerPlan plan = new ServerPlan(ResolvedServer.asSaid(server.server()), List.of(step), List.of());
        StepOutcome asked =
                new StepOutcome("resync-time", "W32Time", "running", Ending.ASKED, "running", null, null, null, null);

        StepResult result = Remedies.judge(
                        plan,
                        new RemedyAnswer(true, List.of(asked), List.of()),
                        offBy(before),
                        offBy(after),
                        Policy.DEFAULT)
                .getFirst();

        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.reason()).startsWith(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "refused-disabled | Helper | - | running | nothing was stopped, because Helper has been disabled in the meantime and might not start again",
                "refused-deleted | obengine | - | running | nothing was stopped, because it is marked for deletion and might not start again",
                "refused-missing | Root | - | running | nothing was stopped, because Root is not installed and might not start again",
                "restart-failed | - | 5 | running | it could not be restarted: error 5: access is denied",
                "- | - | - | - | what was tried is not known"
            })
    void aServiceThatRunsOnInItsOldProcessIsToldWithWhatWasTried(
            @Nullable String outcome,
            @Nullable String message,
            @Nullable Long error,
            @Nullable String left,
            String words) {
        Long process = server.service(AsrService.MARS_AGENT).make().processId();
        Step step = Step.of(Remedy.PROXY, Step.Action.RESTART, "obengine", "it takes it")
                .change(String.valueOf(process), "");
        RemedyAnswer answer = outcome == null || left == null
                ? null
                : new RemedyAnswer(
                        true,
                        List.of(new StepOutcome(
                                "restart",
                                "obengine",
                                "running",
                                Ending.of(outcome),
                                left,
                                error,
                                null,
                                null,
                                message)),
                        List.of());
        StepResult result = Remedies.judge(
                        new ServerPlan(ResolvedServer.asSaid(server.server()), List.of(step), List.of()),
                        answer,
                        server.facts(),
                        server.facts(),
                        Policy.DEFAULT)
                .getFirst();
        assertThat(result.verdict()).isEqualTo(StepResult.Verdict.FAILED);
        assertThat(result.reason()).isEqualTo("it runs on in its old process: " + words);
    }

    private StepResult restarted(Remedy remedy, @Nullable String outcome, ServerMaker after) {
        long process = server.service(AsrService.MARS_AGENT).make().processId();
        Facts before = server.facts();
        after.service(AsrService.MARS_AGENT).processId(process + 4);
        Step step =
                Step.of(remedy, Step.Action.RESTART, "obengine", "it takes it").change(Long.toString(process), "");
        StepOutcome told = new StepOutcome(
                "restart",
                "obengine",
                "running",
                Ending.of(String.valueOf(outcome)),
                "running",
                null,
                null,
                null,
                "MARS");
        return Remedies.judge(
                        new ServerPlan(ResolvedServer.asSaid(server.server()), List.of(step), List.of()),
                        outcome == null ? null : new RemedyAnswer(true, List.of(told), List.of()),
                        before,
                        after.facts(),
                        Policy.DEFAULT)
                .getFirst();
    }

    @Test
    void aNewProcessThatSomebodyElseHasStartedProvesNoRestart() {
        StepResult result =
                restarted(Remedy.PROXY, "skipped-dependency-failed", ServerMaker.healthy(Deployment.STANDALONE));
        assertThat(result.verdict()).isEqualTo(StepResult.Verdict.FAILED);
        assertThat(result.reason()).isEqualTo("it was not tried, because MARS did not come right");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"restarted", "already-restarted"})
    void aRestartThatLeavesDownWhatRunsOnTopHasFailedWhateverTheScriptSays(@Nullable String outcome) {
        server.service("Helper").dependsOn("OBENGINE");
        server.service("Above").dependsOn("Helper");
        ServerMaker after = ServerMaker.healthy(Deployment.STANDALONE);
        after.service("Helper").dependsOn("OBENGINE");
        after.service("Above").dependsOn("Helper").stopped(0L);
        StepResult result = restarted(Remedy.PROXY, outcome, after);
        assertThat(result.verdict()).isEqualTo(StepResult.Verdict.FAILED);
        assertThat(result.reason())
                .isEqualTo("Above, which runs on top of it, ran before the restart and is stopped after it");
    }

    @Test
    void anAgentWhoseConnectionsCouldNotBeReadAfterwardsIsNotVerified() {
        assertThat(restarted(Remedy.RESTART_AGENT, "restarted", ServerMaker.healthy(Deployment.STANDALONE))
                        .verdict())
                .isEqualTo(StepResult.Verdict.UNKNOWN);
        assertThat(restarted(Remedy.PROXY, "restarted", ServerMaker.healthy(Deployment.STANDALONE))
                        .verdict())
                .isEqualTo(StepResult.Verdict.VERIFIED);
    }

    private Facts offBy(long seconds) {
        return server.facts().with(new ClockReading(Duration.ofSeconds(seconds), Duration.ofMillis(20)));
    }

    private StepResult judge(@Nullable RemedyAnswer answer, @Nullable Facts after) {
        ServerPlan plan = new ServerPlan(ResolvedServer.asSaid(server.server()), List.of(STEP), List.of());
        return Remedies.judge(plan, answer, server.facts(), after, Policy.DEFAULT)
                .getFirst();
    }

    private static RemedyAnswer answer(String outcome, @Nullable Long error, @Nullable Long exit, @Nullable Long own) {
        StepOutcome one =
                new StepOutcome("start", "TManSvc", "stopped", Ending.of(outcome), "running", error, exit, own, null);
        return new RemedyAnswer(true, List.of(one), List.of());
    }

    private static ServiceEvent event(int id, String... parameters) {
        return new ServiceEvent(id, ServerMaker.READ_AT, List.of(parameters));
    }
}
