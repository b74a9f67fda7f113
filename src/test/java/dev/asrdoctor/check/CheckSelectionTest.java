package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CheckSelectionTest {
    @Test
    void namesMeanIdsPartsOfIdsAndAreas() {
        assertThat(CheckSelection.of(List.of("proxy", "time.offset"), List.of(), Profile.FULL))
                .containsExactly("time.offset", "proxy.same", "proxy.bypass", "proxy.reachable");
        assertThat(CheckSelection.of(List.of("marslog"), List.of(), Profile.FULL))
                .containsExactly("mars.log");
        assertThat(CheckSelection.of(List.of("proxy"), List.of("proxy.same"), Profile.FULL))
                .containsExactly("proxy.bypass", "proxy.reachable");
    }

    @Test
    void everythingIsJudgedWhenNothingIsSaid() {
        assertThat(CheckSelection.of(List.of(), List.of(), Profile.FULL)).containsExactlyElementsOf(Checks.ids());
    }

    @Test
    void theQuickProfileLeavesOutWhatTakesLong() {
        assertThat(CheckSelection.of(List.of(), List.of(), Profile.QUICK))
                .contains("services.running", "health.cpu", "proxy.same", "time.offset")
                .doesNotContain("health.backlog", "firewall.urls", "mars.log", "heartbeat.logs");
    }

    @Test
    void anUnknownNameIsToldWithTheNearestOne() {
        assertThatThrownBy(() -> CheckSelection.of(List.of("proxi"), List.of(), Profile.FULL))
                .hasMessageContaining("no check or area is called 'proxi'")
                .hasMessageContaining("proxy");
        assertThatThrownBy(() -> CheckSelection.of(List.of(), List.of("x.y"), Profile.FULL))
                .hasMessageContaining("'x.y'");
    }

    @Test
    void nothingLeftIsAMistake() {
        assertThatThrownBy(() -> CheckSelection.of(List.of("proxy"), List.of("proxy"), Profile.FULL))
                .hasMessageContaining("no check is left");
        assertThatThrownBy(() -> CheckSelection.of(List.of("mars.log"), List.of(), Profile.QUICK))
                .hasMessageContaining("quick");
    }
}
