package dev.asrdoctor.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.cli.terminal.UsageException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UntilConverterTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    /** 23:30 in Paris. */
    private static final Instant NOW = Instant.parse("2026-11-23T22:30:00Z");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "4h,                         2026-11-24T02:30:00Z",
        "90m,                        2026-11-24T00:00:00Z",
        "06:00,                      2026-11-24T05:00:00Z",
        "23:45,                      2026-11-23T22:45:00Z",
        "23:30,                      2026-11-24T22:30:00Z",
        "2026-11-24T06:00,           2026-11-24T05:00:00Z",
        "2026-11-24 06:00,           2026-11-24T05:00:00Z",
        "2026-11-24T06:00Z,          2026-11-24T06:00:00Z",
        "2026-11-24T06:00+02:00,     2026-11-24T04:00:00Z",
    })
    void aTimeAsPeopleSayIt(String text, String instant) throws Exception {
        assertThat(UntilConverter.parse(text, NOW, PARIS)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "25:00", "2026-11-23T23:00", "0s", "91d", "2026-13-01T00:00"})
    void whatIsNoTimeAheadIsRefusedInWords(String text) {
        assertThatThrownBy(() -> UntilConverter.parse(text, NOW, PARIS)).isInstanceOf(UsageException.class);
    }
}
