package dev.asrdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.cli.Commands.Ended;
import org.junit.jupiter.api.Test;

class CrashTestCommandTest {
    /** Every line of the journal once, and as many random instants; 'asrdoctor crash-test --times 500' does more. */
    @Test
    void aKilledControllerNeitherRepeatsNorForgets() {
        Ended ended = new Commands().run("crash-test", "--times", "15", "--seed", "7");
        assertThat(ended.out()).contains("nothing was started twice, no intent was lost, no chain was broken");
        assertThat(ended.out()).matches("(?s).*15 remediations, (8|9|1[0-5]) killed before their end.*");
        assertThat(ended.code()).isZero();
    }
}
