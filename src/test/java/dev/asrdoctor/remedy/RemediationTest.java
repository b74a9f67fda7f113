package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.Trouble;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.remedy.StepResult.Verdict;
import dev.asrdoctor.testing.ServerMaker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemediationTest {
    private static final Server ONE = ServerMaker.server("one", Deployment.STANDALONE);
    private static final Server TWO = ServerMaker.server("two", Deployment.STANDALONE);
    private static final Server WELL = ServerMaker.server("well", Deployment.STANDALONE);
    private static final Facts BEFORE =
            ServerMaker.healthy(Deployment.STANDALONE).facts();
    private static final Facts AFTER = ServerMaker.healthy(Deployment.STANDALONE)
            .event(7036, java.time.Duration.ofMinutes(1))
            .facts();
    private static final Step STEP = new Step(Step.Action.START, "svagents", "svagents", "it is down");

    private static ServerResult planned(Server server, Step... steps) {
        return new ServerResult(
                new ServerPlan(
                        ResolvedServer.asSaid(server),
                        List.of(steps),
                        List.of(new HeldBack("start-services", "obengine", "disabled", "it is disabled"))),
                List.of(),
                BEFORE,
                null);
    }

    private static ServerResult told(Server server, Verdict verdict) {
        return new ServerResult(
                new ServerPlan(ResolvedServer.asSaid(server), List.of(STEP), List.of()),
                List.of(new StepResult(STEP, verdict, "as it says")),
                BEFORE,
                AFTER);
    }

    private static Remediation plan() {
        return new Remediation(
                List.of(planned(ONE, STEP), planned(TWO, STEP), planned(WELL)),
                List.of(
                        new Outcome.Done<>(ONE, BEFORE),
                        new Outcome.Done<>(TWO, BEFORE),
                        new Outcome.Done<>(WELL, BEFORE)),
                List.of(
                        new Outcome.Done<>(ONE, BEFORE),
                        new Outcome.Done<>(TWO, BEFORE),
                        new Outcome.Done<>(WELL, BEFORE)),
                null);
    }

    private static Remediation ended(Verdict one, Verdict two) {
        return plan().healed(List.of(new Outcome.Done<>(ONE, told(ONE, one)), new Outcome.Done<>(TWO, told(TWO, two))));
    }

    @Test
    void approvesTheStepsOfServersThatHaveAny() {
        assertThat(plan().approved()).isEqualTo(Map.of("one", List.of(STEP), "two", List.of(STEP)));
    }

    @Test
    void takesOverWhatWasReadAfterwardsAndKeepsWhatWasHeldBackBefore() {
        Remediation done = ended(Verdict.VERIFIED, Verdict.FAILED);
        assertThat(done.after())
                .extracting(visit -> ((Outcome.Done<Facts>) visit).value())
                .containsExactly(AFTER, AFTER, BEFORE);
        assertThat(done.results().getFirst().plan().heldBack())
                .extracting(HeldBack::target)
                .containsExactly("obengine");
        assertThat(done.before()).isEqualTo(plan().before());
    }

    @Test
    void aServerThatIsLostBetweenPlanAndActIsToldAndCountsAsUnread() {
        Remediation done =
                plan().healed(List.of(new Outcome.Failed<>(TWO, new Trouble("tcp", "unreachable", "gone", ""))));
        assertThat(done.results().get(1).plan().steps()).isEmpty();
        assertThat(done.results().get(1).plan().heldBack())
                .extracting(HeldBack::guard)
                .containsExactly("disabled", "not-reached");
        assertThat(done.after().get(1)).isInstanceOf(Outcome.Failed.class);
        assertThat(done.failed()).isFalse();
    }

    @Test
    void failsWithAnyStepThatWasNotHealedAndNotWithOneThatWasNotTried() {
        assertThat(ended(Verdict.VERIFIED, Verdict.NOT_TRIED).failed()).isFalse();
        for (Verdict verdict :
                List.of(Verdict.FAILED, Verdict.NO_EFFECT, Verdict.STOPPED_AGAIN, Verdict.UNKNOWN, Verdict.KEPT_OUT)) {
            assertThat(ended(Verdict.VERIFIED, verdict).failed())
                    .as(verdict.name())
                    .isTrue();
        }
    }

    @Test
    void countsWhatWasNotTriedInItsLine() {
        assertThat(plan().summary(false)).isEqualTo("3 servers, 2 steps would be done, 3 held back");
        assertThat(ended(Verdict.VERIFIED, Verdict.NOT_TRIED).summary(true))
                .isEqualTo("3 servers, 1 step done and verified, 0 not healed, 1 not tried, 3 held back");
        assertThat(ended(Verdict.VERIFIED, Verdict.KEPT_OUT).summary(true))
                .isEqualTo("3 servers, 1 step done and verified, 1 not healed, 3 held back");
    }

    @Test
    void looksAgainOnlyWhereThatMayTellMoreAndTakesOverWhatItTells() {
        Remediation done = ended(Verdict.VERIFIED, Verdict.FAILED);
        assertThat(done.worthASecondLook()).containsOnlyKeys("one");
        Remediation looked = done.lookedAt(Map.of("one", told(ONE, Verdict.STOPPED_AGAIN)));
        assertThat(looked.results().getFirst().steps())
                .extracting(StepResult::verdict)
                .containsExactly(Verdict.STOPPED_AGAIN);
        assertThat(looked.results().get(1)).isEqualTo(done.results().get(1));
    }
}
