package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.remedy.StepResult.Verdict;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.ServerMaker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was healed is read once more some time later. */
class SecondLookTest {
    private static final Step START = new Step(Step.Action.START, "tmansvc", "Transport Manager", "it is needed");
    private static final Step TYPE = Step.of(
                    Remedy.SET_START_TYPE, Step.Action.SET_START_TYPE, "tmansvc", "it is manual")
            .change("manual", "automatic");

    private final ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);

    @BeforeEach
    void atTheFirstLook() {
        server.service(AsrService.TMANSVC).processId(4L);
    }

    private StepResult look(Step step, Verdict first, @Nullable Facts proof, Facts seen) {
        ServerPlan plan = new ServerPlan(ResolvedServer.asSaid(server.server()), List.of(step), List.of());
        List<StepResult> steps = List.of(new StepResult(step, first, "told at first"));
        return new ServerResult(plan, steps, proof == null ? seen : proof, proof, "a1")
                .lookedAt(seen, Policy.DEFAULT)
                .steps()
                .getFirst();
    }

    @Test
    void whatRunsOnInTheSameProcessHolds() {
        StepResult result = look(START, Verdict.VERIFIED, server.facts(), server.facts());

        assertThat(result).isEqualTo(new StepResult(START, Verdict.VERIFIED, "told at first, and once more later"));
    }

    @Test
    void whatFellAgainIsToldAsFallen() {
        Facts proof = server.facts();
        server.service(AsrService.TMANSVC).stopped(1067L);

        StepResult result = look(START, Verdict.VERIFIED, proof, server.facts());

        assertThat(result.verdict()).isEqualTo(Verdict.STOPPED_AGAIN);
        assertThat(result.reason()).startsWith("it came up and fell again: ");
    }

    @Test
    void whatRunsInAnotherProcessHasFallenInBetween() {
        Facts proof = server.facts();
        server.service(AsrService.TMANSVC).processId(8L);

        StepResult result = look(START, Verdict.VERIFIED, proof, server.facts());

        assertThat(result.verdict()).isEqualTo(Verdict.STOPPED_AGAIN);
        assertThat(result.reason()).endsWith("(PID 4, now 8)");
    }

    @Test
    void aProcessThatNobodyKnowsSaysNothingAgainstIt() {
        Facts proof = server.facts();
        server.service(AsrService.TMANSVC).processId(null);
        Facts seen = server.facts();

        assertThat(look(START, Verdict.VERIFIED, proof, seen).verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(look(START, Verdict.VERIFIED, seen, proof).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void whatCannotBeReadAgainStaysAsItWasTold() {
        StepResult result = look(START, Verdict.VERIFIED, server.facts(), ServerMaker.unreadable());

        assertThat(result).isEqualTo(new StepResult(START, Verdict.VERIFIED, "told at first"));
    }

    @Test
    void withoutAFirstProofNothingIsToldOtherwise() {
        assertThat(look(START, Verdict.VERIFIED, null, server.facts()).reason()).isEqualTo("told at first");
    }

    @Test
    void whatWasSetAndIsAsBeforeWasUndone() {
        server.service(AsrService.TMANSVC).startType(StartType.AUTOMATIC);
        Facts proof = server.facts();
        assertThat(look(TYPE, Verdict.VERIFIED, proof, proof).verdict()).isEqualTo(Verdict.VERIFIED);
        server.service(AsrService.TMANSVC).startType(StartType.MANUAL).processId(8L);

        StepResult result = look(TYPE, Verdict.VERIFIED, proof, server.facts());

        assertThat(result.verdict()).isEqualTo(Verdict.NO_EFFECT);
        assertThat(result.reason()).startsWith("it was undone again: ").endsWith("its start type is manual");
    }

    @Test
    void aStartTypeThatHoldsIsNoMatterOfTheProcess() {
        server.service(AsrService.TMANSVC).startType(StartType.AUTOMATIC);
        Facts proof = server.facts();
        server.service(AsrService.TMANSVC).processId(8L);

        assertThat(look(TYPE, Verdict.VERIFIED, proof, server.facts()).verdict())
                .isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void aStartTypeThatCannotBeReadProvesNothing() {
        Facts proof = server.facts();
        server.service(AsrService.TMANSVC).startType(null);

        assertThat(look(TYPE, Verdict.VERIFIED, proof, server.facts()).reason()).isEqualTo("told at first");
        assertThat(look(TYPE, Verdict.NO_EFFECT, proof, server.facts()).verdict())
                .isEqualTo(Verdict.NO_EFFECT);
    }

    @Test
    void whatHadNoEffectMayHaveOneLater() {
        server.service(AsrService.TMANSVC).startType(StartType.MANUAL);
        Facts proof = server.facts();
        assertThat(look(TYPE, Verdict.NO_EFFECT, proof, proof).reason()).isEqualTo("told at first");
        server.service(AsrService.TMANSVC).startType(StartType.AUTOMATIC);

        StepResult result = look(TYPE, Verdict.NO_EFFECT, proof, server.facts());

        assertThat(result.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(result.reason()).endsWith(", at the second look");
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"VERIFIED", "NO_EFFECT"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatFailedStaysFailedAlsoWhereItRunsByNow(Verdict first) {
        assertThat(look(START, first, server.facts(), server.facts()))
                .isEqualTo(new StepResult(START, first, "told at first"));
    }
}
