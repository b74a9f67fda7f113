package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServiceLimits;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.TimeFacts;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.ServerMaker;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResyncTimeTest {
    private final ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);

    private Draft plan(Policy policy, @Nullable TimeFacts time) {
        Patient patient = mock();
        Finding off = mock();
        when(patient.wrong("time.offset")).thenReturn(List.of(off));
        when(patient.policy()).thenReturn(policy);
        when(patient.facts())
                .thenReturn(time == null ? server.facts() : server.facts().with(FactArea.TIME, new Area.Read<>(time)));
        Draft draft = new Draft();
        new ResyncTime().plan(patient, draft);
        return draft;
    }

    private static TimeFacts time(
            @Nullable String state, @Nullable String startType, @Nullable String type, boolean vmware) {
        return new TimeFacts(state, startType, type, null, null, null, null, null, vmware, List.of(), List.of(), null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "running, automatic, NTP,    false, -",
                "stopped, manual,    NT5DS,  false, -",
                "running, manual,    NTP,    true,  -",
                "stopped, manual,    NTP,    true,  vmware",
                "running, automatic, nosync, false, no-source",
                "running, disabled,  NTP,    false, disabled",
                "-,       automatic, NTP,    false, time-unknown",
                "running, -,         NTP,    false, time-unknown",
                "stopped, -,         NTP,    false, time-unknown",
                "running, automatic, -,      false, time-unknown",
            })
    void resyncsOnlyWhereItIsKnownHowTheClockIsKept(
            @Nullable String state,
            @Nullable String startType,
            @Nullable String type,
            boolean vmware,
            @Nullable String guard) {
        Draft draft = plan(Policy.DEFAULT, time(state, startType, type, vmware));
        assertThat(draft.steps()).hasSize(guard == null ? 1 : 0);
        assertThat(draft.heldBack())
                .extracting(HeldBack::guard)
                .containsExactlyElementsOf(guard == null ? List.of() : List.of(guard));
    }

    @Test
    void isHeldBackWhereNothingOfTheClockCouldBeRead() {
        assertThat(plan(Policy.DEFAULT, null).heldBack())
                .extracting(HeldBack::guard)
                .containsExactly("time-unknown");
    }

    @Test
    void leavesAServiceAloneThatThePolicyNames() {
        Policy policy = Policy.DEFAULT.with(ServiceLimits.DISABLED_ON_PURPOSE, Set.of("w32time"));
        Draft draft = plan(policy, time("stopped", "manual", "NTP", false));
        assertThat(draft.steps()).isEmpty();
        assertThat(draft.heldBack()).extracting(HeldBack::guard).containsExactly("disabled-on-purpose");
    }
}
