package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.ServerMaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final Step START = new Step(Step.Action.START, "svagents", "svagents", "it is down");
    private static final Step OTHER = new Step(Step.Action.START, "tmansvc", "tmansvc", "it is down");

    @TempDir
    Path folder;

    private final ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);

    SavedPlanTest() {
        server.service("svagents").stopped(0L);
        server.service("tmansvc").stopped(0L);
    }

    private static ServerPlan plan(Step... steps) {
        return new ServerPlan(
                ResolvedServer.asSaid(ServerMaker.server("ps1", Deployment.STANDALONE)), List.of(steps), List.of());
    }

    private SavedPlan saved(Facts facts, Instant madeAt, Step... steps) {
        return SavedPlan.of(List.of(plan(steps)), Map.of("ps1", facts), madeAt, "alice at desk");
    }

    private Path written(Instant madeAt) throws Exception {
        Path file = folder.resolve("plan.json");
        saved(server.facts(), madeAt, START).write(file);
        return file;
    }

    @Test
    void readsWhatItWrote() throws Exception {
        assertThat(SavedPlan.read(written(NOW), NOW)).isEqualTo(saved(server.facts(), NOW, START));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 60, 120, 60 * 23, 60 * 25})
    void refusesAPlanThatIsStillToCome(long minutes) throws Exception {
        Path file = written(NOW.plus(Duration.ofMinutes(minutes)));
        assertThatThrownBy(() -> SavedPlan.read(file, NOW))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("which is still to come; check the clocks");
    }

    @Test
    void bearsClocksThatDifferByMinutes() throws Exception {
        assertThat(SavedPlan.read(written(NOW.plus(Duration.ofMinutes(5))), NOW).servers())
                .containsKey("ps1");
    }

    @Test
    void refusesAPlanOfMoreThanADayAgo() throws Exception {
        assertThat(SavedPlan.read(written(NOW.minus(Duration.ofHours(24))), NOW).servers())
                .hasSize(1);
        Path file = written(NOW.minus(Duration.ofHours(24)).minusSeconds(1));
        assertThatThrownBy(() -> SavedPlan.read(file, NOW)).hasMessageContaining("after a day");
    }

    @Test
    void refusesAPlanThatWasChanged() throws Exception {
        Path file = written(NOW);
        Files.writeString(file, Files.readString(file).replace("svagents", "obengine"));
        assertThatThrownBy(() -> SavedPlan.read(file, NOW)).hasMessageContaining("was changed after it was made");
    }

    @Test
    void allowsNothingThatWasNotApproved() {
        ServerPlan left = saved(server.facts(), NOW, START).allows(plan(START, OTHER), server.facts());
        assertThat(left.steps()).containsExactly(START);
        assertThat(left.heldBack()).extracting(HeldBack::guard).containsExactly("not-approved");
    }

    @Test
    void whatWasApprovedToBeDoneMayBeRehearsedAndNotTheOtherWayRound() {
        assertThat(saved(server.facts(), NOW, START)
                        .allows(plan(START.rehearsed()), server.facts())
                        .steps())
                .hasSize(1);
        assertThat(saved(server.facts(), NOW, START.rehearsed())
                        .allows(plan(START), server.facts())
                        .heldBack()
                        .getFirst()
                        .reason())
                .isEqualTo("it was approved to be rehearsed, not to be done");
    }

    @Test
    void allowsNothingWhereTheServiceStandsOtherwiseNow() {
        SavedPlan approved = saved(server.facts(), NOW, START);
        server.service("svagents").stopped(1067L);
        assertThat(approved.allows(plan(START), server.facts()).heldBack())
                .extracting(HeldBack::guard)
                .containsExactly("facts-moved-on");
    }

    @Test
    void allowsNothingWhereNobodyKnowsWhichMachineItIs() {
        server.withoutHost();
        SavedPlan approved = saved(server.facts(), NOW, START);
        ServerPlan left = approved.allows(plan(START), server.facts());
        assertThat(left.steps()).isEmpty();
        assertThat(left.heldBack().getFirst().reason()).contains("nobody knows whether it is the machine");
    }
}
