package dev.asrdoctor.remoting.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Pace pace = new Pace();

    @Test
    void outputInPiecesOfAnySizeIsFetchedAsFastAsItComes() {
        for (int i = 0; i < 1000; i++) {
            assertThat(pace.after(80, AT_ONCE)).isZero();
            assertThat(pace.drips()).isFalse();
        }
    }

    @Test
    void aServerThatHoldsTheRequestIsAskedAgainAtOnce() {
        for (int i = 0; i < 1000; i++) {
            assertThat(pace.after(0, Duration.ofSeconds(20))).isZero();
        }
        assertThat(pace.drips()).isFalse();
    }

    @Test
    void nothingAtOnceIsAskedForLessAndLessOftenUpToOnceASecond() {
        Duration all = Duration.ZERO;
        for (int i = 0; i < 20; i++) {
            all = all.plus(pace.after(0, AT_ONCE));
        }
        assertThat(all).isGreaterThan(Duration.ofSeconds(12));
        assertThat(pace.after(0, AT_ONCE)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
        assertThat(pace.drips()).isFalse();
    }

    @Test
    void aByteAtATimeIsGivenUp() {
        int asked = 0;
        while (!pace.drips()) {
            pace.after(1, AT_ONCE);
            asked++;
        }
        assertThat(asked).isLessThan(60);
    }

    @Test
    void aByteNowAndThenBetweenLargerPiecesIsNotGivenUp() {
        for (int i = 0; i < 1000; i++) {
            pace.after(i % 10 == 0 ? 500 : 2, AT_ONCE);
            assertThat(pace.drips()).isFalse();
        }
    }
}
