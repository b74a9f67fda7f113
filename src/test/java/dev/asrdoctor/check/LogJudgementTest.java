package dev.asrdoctor.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines of logs are failures, and which only look like one. */
class LogJudgementTest {
    private static final String HEAD =
            "0A34\t0407\t11/23\t20:21:17.407\t32\tclient.cpp(407)\t00000\tB1\tvm-407\tNORMAL\t";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upload finished for 52.239.140.10:443",
                "Uploaded 20481 of 20481",
            })
    void numbersBesideTheMessageOfTheMarsTraceAreNoFailure(String message) {
        assertThat(MarsLog.tellsFailure(HEAD + message)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The remote server returned an error: (407)",
                "WinHttpSendRequest 12029",
                "A connection attempt failed because the connected party did not properly respond 52.239.140.10:443",
                "hr: = [0x80790300]",
            })
    void whatTheMessageSaysIsAFailure(String message) {
        assertThat(MarsLog.tellsFailure(HEAD + message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23 10:00:00 monitor_ps finished with no errors",
                "2026-11-23 10:00:00 0 errors, 12 pairs",
                "2026-11-23 10:00:00 errorCode=0",
                "2026-11-23 10:00:00 failed: 0, done: 17",
            })
    void aLineThatCountsNoErrorsIsNone(String line) {
        assertThat(HeartbeatLogs.tellsError(line)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23 10:00:00 ERROR: could not connect to 10.0.0.4:443",
                "2026-11-23 10:00:00 EXCEPTION in main: response is HTTP 500",
                "2026-11-23 10:00:00 register failed: 12029",
            })
    void aLineThatTellsAnErrorIsOne(String line) {
        assertThat(HeartbeatLogs.tellsError(line)).isTrue();
    }
}
