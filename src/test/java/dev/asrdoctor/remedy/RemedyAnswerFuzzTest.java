package dev.asrdoctor.remedy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON that a remedy's script answers. */
class RemedyAnswerFuzzTest {
    static Stream<byte[]> answers() {
        return Stream.of(
                        "{\"remedy\":{\"data\":{\"leased\":true,\"steps\":[{\"action\":\"start\",\"name\":\"a\",\"before\":\"Stopped\",\"outcome\":\"started\","
                                + "\"after\":\"Running\",\"win32Error\":1069,\"exitCode\":0,\"message\":\"m\"}],"
                                + "\"events\":[{\"id\":7031,\"at\":\"2026-11-23T11:00:00Z\",\"texts\":[\"a\"]}]}}}",
                        "{\"remedy\":{\"error\":{\"message\":\"denied\"}}}",
                        "[]")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("answers")
    @FuzzTest
    void remedyAnswers(byte[] data) {
        try {
            RemedyAnswer answer = RemedyAnswer.parse(new String(data, UTF_8));
            assertThat(answer.steps().size() + answer.events().size()).isLessThanOrEqualTo(data.length);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
