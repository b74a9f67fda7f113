package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.ClockReading;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.ServerMaker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeOffsetTest {
    @ParameterizedTest
    @CsvSource({
        "0, PASS, the clock is 0.0 s ahead",
        "-40, PASS, the clock is 0.0 s behind",
        "60_000, PASS, the clock is 60.0 s ahead",
        "60_200, WARN, the clock is 60.2 s ahead",
        "119_949, WARN, the clock is 119.9 s ahead",
        "119_951, WARN, the clock is 2.0 min ahead",
        "-119_999, WARN, the clock is 2.0 min behind",
        "300_000, WARN, the clock is 5.0 min ahead",
        "300_200, FAIL, the clock is 5.0 min ahead",
        "7_199_999, FAIL, the clock is 2.0 h ahead",
        "-86_400_000, FAIL, the clock is 24.0 h behind",
        "31_536_000_000, FAIL, the clock is 365.0 days ahead",
    })
    void tellsTheOffsetInTheUnitThatItRoundsTo(String millis, Status status, String words) {
        Finding finding = judge(Long.parseLong(millis.replace("_", "")), 0);

        assertThat(finding.status()).isEqualTo(status);
        assertThat(finding.title()).isEqualTo(words + " (+/- 0.0 s)");
    }

    @Test
    void blamesNoClockThatMayBeRight() {
        assertThat(judge(61_000, 2_000).status()).isEqualTo(Status.PASS);
        assertThat(judge(61_000, 500).status()).isEqualTo(Status.WARN);
        assertThat(judge(-301_000, 2_000).status()).isEqualTo(Status.WARN);
    }

    private static Finding judge(long offsetMillis, long uncertaintyMillis) {
        ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);
        ClockReading clock = new ClockReading(Duration.ofMillis(offsetMillis), Duration.ofMillis(uncertaintyMillis));
        return new TimeOffset()
                .judge(server.facts().with(clock), ResolvedServer.asSaid(server.server()), Policy.DEFAULT)
                .getFirst();
    }
}
