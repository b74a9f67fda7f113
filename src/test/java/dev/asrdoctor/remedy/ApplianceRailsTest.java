package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asrdoctor.facts.ApplianceFacts;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.ServerMaker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What has stopped on an appliance is started in its own order, and not while the appliance changes itself. */
class ApplianceRailsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final ApplianceFacts REGISTERED = appliance("true", false, null);

    private static ApplianceFacts appliance(String registered, boolean installing, @Nullable Long autoUpdate) {
        return new ApplianceFacts(
                new ApplianceFacts.Configuration(true, null, "VMwareV2", registered, registered.equals("true"), "1.0"),
                List.of(),
                autoUpdate,
                "true",
                installing,
                List.of(),
                List.of(),
                List.of());
    }

    private static ServiceFact stopped(String name) {
        return new ServiceFact(
                name,
                name,
                ServiceState.STOPPED,
                StartType.AUTOMATIC,
                1067L,
                0L,
                0L,
                null,
                List.of(),
                "x.exe",
                "LocalSystem");
    }

    private static ServerPlan plan(Instant now, @Nullable Long offset, @Nullable ApplianceFacts appliance) {
        HostFacts host = new HostFacts(
                "AP-01", "Windows", "10.0.20348", "en-US", "5.1", now, now.minus(Duration.ofDays(9)), offset, "1252");
        ServicesFacts services = new ServicesFacts(
                "cim",
                List.of(
                        stopped("ProcessServerMonitor"),
                        stopped("ProcessServer"),
                        stopped("rcmproxyagent"),
                        stopped("cxprocessserver"),
                        stopped("dra"),
                        stopped("amvmwdiscoverysvc")),
                List.of(),
                null);
        Facts facts = new Facts("ap-01", now, Duration.ofSeconds(1), new Area.Read<>(host), new Area.Read<>(services));
        return RemedyPlanner.plan(
                ResolvedServer.asSaid(ServerMaker.server("ap-01", Deployment.REPLICATION_APPLIANCE)),
                appliance == null ? facts : facts.with(FactArea.APPLIANCE, new Area.Read<>(appliance)),
                Policy.DEFAULT);
    }

    private static List<String> guards(ServerPlan plan) {
        assertThat(plan.steps()).isEmpty();
        return plan.heldBack().stream().map(HeldBack::guard).distinct().toList();
    }

    @Test
    void whatReplicationNeedsIsStartedInTheVendorsOrderAndNothingElse() {
        assertThat(plan(NOON, 0L, REGISTERED).steps())
                .extracting(Step::action, Step::target)
                .containsExactly(
                        tuple(Step.Action.START, "cxprocessserver"),
                        tuple(Step.Action.START, "rcmproxyagent"),
                        tuple(Step.Action.START, "ProcessServer"),
                        tuple(Step.Action.START, "ProcessServerMonitor"));
    }

    @Test
    void nothingIsStartedInTheHourOfTheUpdateByTheServersOwnClock() {
        Instant evening = Instant.parse("2026-06-01T22:30:00Z");
        assertThat(guards(plan(evening, 120L, REGISTERED))).containsExactly("auto-update");
        assertThat(plan(evening, 0L, REGISTERED).steps()).isNotEmpty();
        assertThat(guards(plan(Instant.parse("2026-06-01T05:30:00Z"), -300L, REGISTERED)))
                .containsExactly("auto-update");
        assertThat(plan(Instant.parse("2026-06-01T05:01:00Z"), -240L, REGISTERED)
                        .steps())
                .isNotEmpty();
        assertThat(guards(plan(NOON, null, REGISTERED))).containsExactly("local-time-unread");
        assertThat(plan(evening, 120L, appliance("true", false, 0L)).steps()).isNotEmpty();
    }

    @Test
    void nothingIsStartedWhileSomethingIsInstalledBeforeRegistrationOrUnread() {
        assertThat(guards(plan(NOON, 0L, appliance("true", true, null)))).containsExactly("installation");
        assertThat(guards(plan(NOON, 0L, appliance("false", false, null)))).containsExactly("unregistered");
        assertThat(guards(plan(NOON, 0L, null))).containsExactly("appliance-unread");
    }
}
