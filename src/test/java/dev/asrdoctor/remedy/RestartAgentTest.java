package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.ServerMaker;
import dev.asrdoctor.testing.ServiceMaker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that holds no connection while data waits, and what keeps it from being restarted. */
class RestartAgentTest {
    private final ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
    private final ServiceMaker engine = server.service(AsrService.MARS_AGENT);
    private final Patient patient = mock();
    private final Finding differ = mock();

    @BeforeEach
    void itIsSilentAndNothingElseIsWrong() {
        engine.processStartedAt(server.now().minus(Duration.ofDays(1)));
        Finding silent = mock();
        when(silent.status()).thenReturn(Status.FAIL);
        when(silent.evidence()).thenReturn(Map.of("synSent", 0));
        when(patient.wrong("upload.connections")).thenReturn(List.of(silent));
        when(patient.passes("firewall.urls")).thenReturn(true);
        when(patient.passes("proxy.same")).thenReturn(true);
        when(patient.policy()).thenReturn(Policy.DEFAULT);
        when(patient.server()).thenReturn(ResolvedServer.asSaid(server.server()));
    }

    private Draft plan() {
        when(patient.facts()).thenReturn(server.facts());
        when(patient.services()).thenReturn(server.facts().read(FactArea.SERVICES));
        Draft draft = new Draft();
        new RestartAgent().plan(patient, draft);
        return draft;
    }

    private void assertHeldBack(String guard) {
        Draft draft = plan();
        assertThat(draft.steps()).isEmpty();
        assertThat(draft.heldBack()).extracting(HeldBack::guard).containsExactly(guard);
    }

    @Test
    void isRestarted() {
        assertThat(plan().steps()).extracting(Step::target).containsExactly("obengine");
    }

    @ParameterizedTest
    @CsvSource({"true, azure-unreachable", "false, azure-unreachable"})
    void isLeftAloneWhereAzureDoesNotAnswerOrNobodyKnows(boolean waivedToo, String guard) {
        when(patient.passes("firewall.urls")).thenReturn(false);
        if (waivedToo) {
            when(patient.waived("firewall.urls")).thenReturn(List.of(differ));
        }
        assertHeldBack(guard);
    }

    @Test
    void isLeftAloneWhereItsProxyIsNotTheProducts() {
        when(patient.passes("proxy.same")).thenReturn(false);
        when(patient.wrong("proxy.same")).thenReturn(List.of(differ));
        assertHeldBack("proxy-differs");
    }

    @Test
    void isLeftAloneWhereNobodyKnowsItsProxy() {
        when(patient.passes("proxy.same")).thenReturn(false);
        assertHeldBack("proxy-unread");
    }

    @Test
    void isRestartedWhereThePolicyBearsTwoProxies() {
        when(patient.passes("proxy.same")).thenReturn(false);
        when(patient.waived("proxy.same")).thenReturn(List.of(differ));
        assertThat(plan().steps()).hasSize(1);
    }

    @Test
    void isLeftAloneWhereNobodyKnowsSinceWhenItRuns() {
        engine.processStartedAt(null);
        assertHeldBack("start-unread");
        engine.processStartedAt(server.now().minus(Duration.ofDays(1)));
        server.withoutHost();
        assertHeldBack("start-unread");
    }

    @ParameterizedTest
    @CsvSource({"-60, true", "1, true", "9, true", "11, false"})
    void isLeftAloneWhereItStartedLatelyOrByAClockAhead(long minutes, boolean held) {
        engine.processStartedAt(server.now().minus(Duration.ofMinutes(minutes)));
        if (held) {
            assertHeldBack("started-recently");
        } else {
            assertThat(plan().steps()).hasSize(1);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(longs = 0)
    void isLeftAloneWhereItsProcessIsUnread(@Nullable Long process) {
        engine.processId(process);
        assertHeldBack("process-unread");
    }
}
