package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.AntivirusFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefenderFiltersTest {
    private static final List<String> LOADED = List.of("WdFilter");

    @ParameterizedTest
    @ValueSource(strings = {"Passive Mode", "SxS Passive Mode", "EDR Block Mode", "EDR Blocked", "Not running"})
    void doesNotFilterInItsOtherModesWhateverItSaysOfRealTimeProtection(String mode) {
        assertThat(DefenderFilters.of(antivirus(true, mode, LOADED, List.of()), false))
                .isEqualTo(DefenderFilters.NO);
    }

    @Test
    void filtersWhereItsRealTimeProtectionIsOnAlsoBesideAnotherScanner() {
        assertThat(DefenderFilters.of(antivirus(true, "Normal", LOADED, List.of("ekrn")), true))
                .isEqualTo(DefenderFilters.YES);
        assertThat(DefenderFilters.of(antivirus(true, null, null, null), false)).isEqualTo(DefenderFilters.YES);
    }

    @Test
    void doesNotFilterWhereItsRealTimeProtectionIsOff() {
        assertThat(DefenderFilters.of(antivirus(false, "Normal", LOADED, List.of()), false))
                .isEqualTo(DefenderFilters.NO);
    }

    @Test
    void isTakenForTheScannerWithoutItsStateOnlyWhereItsDriverIsLoadedAndNothingElseIsKnown() {
        assertThat(DefenderFilters.of(antivirus(null, null, LOADED, List.of()), false))
                .isEqualTo(DefenderFilters.YES);
        assertThat(DefenderFilters.of(antivirus(null, null, LOADED, List.of("ekrn")), true))
                .isEqualTo(DefenderFilters.UNKNOWN);
        assertThat(DefenderFilters.of(antivirus(null, null, LOADED, null), false))
                .isEqualTo(DefenderFilters.UNKNOWN);
        assertThat(DefenderFilters.of(antivirus(null, null, null, List.of()), false))
                .isEqualTo(DefenderFilters.UNKNOWN);
        assertThat(DefenderFilters.of(antivirus(null, null, List.of(), List.of()), false))
                .isEqualTo(DefenderFilters.UNKNOWN);
    }

    private static AntivirusFacts antivirus(
            @Nullable Boolean realTime,
            @Nullable String mode,
            @Nullable List<String> drivers,
            @Nullable List<String> scanners) {
        return new AntivirusFacts(
                true, null, realTime, mode, List.of(), List.of(), false, null, drivers, scanners, "C:\\Windows");
    }
}
