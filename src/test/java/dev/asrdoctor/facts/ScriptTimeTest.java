package dev.asrdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTimeTest {

    @Test
    void readsEveryTimeAsJavaDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            // A whole second would be written without its thousandths.
            long millis = random.nextLong(-11_644_473_600L, 253_402_300_799L) * 1000 + random.nextInt(1, 1000);
            String text = Instant.ofEpochMilli(millis).toString();
            assertThat(ScriptTime.of(text)).contains(Instant.parse(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-29T21:55:50Z",
                "2026-11-29T21:55:50.0561234Z",
                "2026-02-29T21:55:50.056Z",
                "2026-13-01T21:55:50.056Z",
                "2026-11-29T24:00:00.000Z",
                "2026-11-29T21:55:60.056Z",
                "2026-11-29 21:55:50.056Z",
                "2026-11-29T21:55:50.056z",
                "2026-11-29T21:55:50.05xZ",
                "\u0662026-11-29T21:55:50.06Z",
                ""
            })
    void saysNothingOfAnotherForm(String text) {
        assertThat(ScriptTime.of(text)).isEmpty();
    }
}
