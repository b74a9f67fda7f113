package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.TimeWindow;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.testing.ServerMaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunBrakeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final Facts HEALTHY =
            ServerMaker.healthy(Deployment.STANDALONE).facts();

    @TempDir
    Path folder;

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private RunBrake.ChangeWindows windows = now -> OpenWindows.NONE;

    private static ServerPlan plan() {
        return new ServerPlan(
                ResolvedServer.asSaid(ServerMaker.server("ps1", Deployment.STANDALONE)),
                List.of(new Step(Step.Action.START, "svagents", "svagents", "it is down")),
                List.of());
    }

    private RunBrake brake(Policy policy) {
        Policy elsewhere = policy.with(
                RailLimits.KILL_SWITCH, folder.resolve("asrdoctor.stop").toString());
        return new RunBrake(elsewhere, clock::get, NOW.plus(Duration.ofMinutes(30)), now -> windows.openAt(now));
    }

    private static String guard(ServerPlan left) {
        assertThat(left.steps()).isEmpty();
        assertThat(left.heldBack()).hasSize(1);
        return left.heldBack().getFirst().guard();
    }

    @Test
    void letsAPlanThroughThatNothingObjectsTo() {
        assertThat(brake(Policy.DEFAULT).before(plan(), HEALTHY)).isEqualTo(plan());
    }

    @Test
    void holdsBackAServerWhoseChangeWindowWasOpenedAfterThePlan() {
        RunBrake brake = brake(Policy.DEFAULT);
        assertThat(brake.before(plan(), HEALTHY).steps()).hasSize(1);

        windows = now -> new OpenWindows(Map.of("PS1", List.of(new OpenWindows.Hold("CHG7", now.plusSeconds(60)))));

        ServerPlan left = brake.before(plan(), HEALTHY);
        assertThat(guard(left)).isEqualTo("change-window");
        assertThat(left.heldBack().getFirst().reason()).contains("CHG7");
    }

    @Test
    void holdsBackEverythingWhereNobodyCanReadTheChangeWindows() {
        windows = now -> {
            throw new StoreException("the change window CHG7 cannot be read");
        };
        ServerPlan left = brake(Policy.DEFAULT).before(plan(), HEALTHY);
        assertThat(guard(left)).isEqualTo("change-window");
        assertThat(left.heldBack().getFirst().reason()).contains("nobody knows", "CHG7 cannot be read");
    }

    @Test
    void holdsBackAServerThatHasJustBootedOrOfWhichNobodyKnowsWhen() {
        RunBrake brake = brake(Policy.DEFAULT);
        ServerMaker young = ServerMaker.healthy(Deployment.STANDALONE).bootedFor(Duration.ofMinutes(3));
        ServerMaker ahead = ServerMaker.healthy(Deployment.STANDALONE).bootedFor(Duration.ofMinutes(-3));
        ServerMaker mute = ServerMaker.healthy(Deployment.STANDALONE).withoutHost();
        assertThat(guard(brake.before(plan(), young.facts()))).isEqualTo("uptime");
        assertThat(guard(brake.before(plan(), ahead.facts()))).isEqualTo("uptime-unread");
        assertThat(guard(brake.before(plan(), mute.facts()))).isEqualTo("uptime-unread");
        RunBrake careless = brake(Policy.DEFAULT.with(RailLimits.MINIMUM_UPTIME, Duration.ZERO));
        assertThat(careless.before(plan(), mute.facts()).steps()).hasSize(1);
    }

    @Test
    void holdsBackWhatABlackoutHasReachedSinceThePlan() {
        RunBrake brake =
                brake(Policy.DEFAULT.with(RailLimits.BLACKOUTS, List.of(TimeWindow.parse("daily 03:10-04:00 UTC"))));
        assertThat(brake.before(plan(), HEALTHY).steps()).hasSize(1);
        clock.set(NOW.plus(Duration.ofMinutes(10)));
        assertThat(guard(brake.before(plan(), HEALTHY))).isEqualTo("blackout");
    }

    @Test
    void holdsBackEverythingOnceTheTimeOfTheRunIsUp() {
        RunBrake brake = brake(Policy.DEFAULT);
        clock.set(NOW.plus(Duration.ofMinutes(30)).minusMillis(1));
        assertThat(brake.before(plan(), HEALTHY).steps()).hasSize(1);
        clock.set(NOW.plus(Duration.ofMinutes(30)));
        assertThat(guard(brake.before(plan(), HEALTHY))).isEqualTo("run-stopped");
    }

    @Test
    void holdsBackEverythingWhileTheKillSwitchIsThere() throws Exception {
        RunBrake brake = brake(Policy.DEFAULT);
        Path file = Files.createFile(folder.resolve("asrdoctor.stop.txt"));
        assertThat(guard(brake.before(plan(), HEALTHY))).isEqualTo("run-stopped");
        Files.delete(file);
        assertThat(brake.before(plan(), HEALTHY).steps()).hasSize(1);
    }

    @Test
    void stopsAfterServersInARowThatWereNotHealedAndStaysSo() {
        RunBrake brake = brake(Policy.DEFAULT.with(RailLimits.FAILURES_STOP, 2));
        brake.ended(false);
        brake.ended(true);
        brake.ended(false);
        assertThat(brake.pulled()).isEmpty();
        brake.ended(false);
        assertThat(brake.pulled()).get().asString().contains("2 servers in a row");
        brake.ended(true);
        assertThat(guard(brake.before(plan(), HEALTHY))).isEqualTo("run-stopped");
    }
}
