package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asrdoctor.facts.ServiceEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemedyAnswerTest {
    private static final String WHOLE = """
            {"version":1,"remedy":{"data":{"leased":true,"steps":[
              {"action":"start","name":"tmansvc","before":"stopped","outcome":"started","after":"running",
               "win32Error":null,"exitCode":0,"serviceExitCode":0,"message":null},
              {"action":"start","name":"ProcessServer","before":"stopped","outcome":"start-failed","after":"stopped",
               "win32Error":1069,"exitCode":1066,"serviceExitCode":42,"message":"Echec d'ouverture"}],
             "events":[{"id":7038,"at":"2026-11-23T10:00:01Z","parameters":["ProcessServer","svc"]}]}}}
            """;

    @Test
    void readsEveryOutcomeAndEvent() {
        RemedyAnswer answer = RemedyAnswer.parse(WHOLE);

        assertThat(answer.steps())
                .containsExactly(
                        new StepOutcome("start", "tmansvc", "stopped", Ending.STARTED, "running", null, 0L, 0L, null),
                        new StepOutcome(
                                "start",
                                "ProcessServer",
                                "stopped",
                                Ending.START_FAILED,
                                "stopped",
                                1069L,
                                1066L,
                                42L,
                                "Echec d'ouverture"));
        assertThat(answer.events())
                .containsExactly(
                        new ServiceEvent(7038, Instant.parse("2026-11-23T10:00:01Z"), List.of("ProcessServer", "svc")));
    }

    @Test
    void findsAnOutcomeWithoutRegardToCase() {
        RemedyAnswer answer = RemedyAnswer.parse(WHOLE);

        assertThat(answer.of(new Step(Step.Action.START, "TMANSVC", "", "")))
                .map(StepOutcome::outcome)
                .contains(Ending.STARTED);
        assertThat(answer.of(new Step(Step.Action.START, "svagents", "", ""))).isEmpty();
    }

    @Test
    void readsAnAnswerWithoutEventsAndAStateItDoesNotKnow() {
        RemedyAnswer answer = RemedyAnswer.parse(
                "{\"remedy\":{\"data\":{\"leased\":true,\"steps\":[{\"name\":\"x\",\"outcome\":\"odd\",\"after\":\"dozing\"}]}}}");

        assertThat(answer.events()).isEmpty();
        assertThat(answer.steps()).singleElement().satisfies(outcome -> {
            assertThat(outcome.after()).isEqualTo("dozing");
            assertThat(outcome.win32Error()).isNull();
        });
    }

    @Test
    void refusesAnErrorAreaWithItsMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemedyAnswer.parse(
                        "{\"remedy\":{\"error\":{\"id\":\"AccessDenied\",\"message\":\"Zugriff verweigert\"}}}"))
                .withMessage("the remedy could not begin: Zugriff verweigert");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "Access is denied.",
                "{}",
                "{\"remedy\":[]}",
                "{\"remedy\":{\"data\":{\"steps\":[],\"events\":[]}}}",
                "{\"remedy\":{\"data\":{\"leased\":true,\"steps\":{}}}}",
                "{\"remedy\":{\"data\":{\"leased\":true,\"steps\":[],\"events\":[{}]}}}",
                "{\"remedy\":{\"data\":{\"leased\":true,\"steps\":[],\"events\":[7]}}}",
                "{\"remedy\":{\"data\":{\"leased\":true,\"steps\":[],\"events\":[{\"id\":1,\"at\":\"now\",\"parameters\":[]}]}}}",
                "{\"remedy\":{\"data\":{\"leased\":true,\"steps\":[],\"events\":"
                        + "[{\"id\":99999999999,\"at\":\"2026-11-23T10:00:01Z\",\"parameters\":[]}]}}}",
                "{\"remedy\":{\"data\":{\"leased\":true,\"steps\":[],\"events\":"
                        + "[{\"id\":99999999999999999999,\"at\":\"2026-11-23T10:00:01Z\",\"parameters\":[]}]}}}",
                "{\"remedy\":{\"data\":{\"leased\":true,\"steps\":[],\"events\":"
                        + "[{\"id\":7034,\"at\":\"2026-11-23T10:00:01Z\",\"parameters\":[{}]}]}}}"
            })
    void refusesGarbageInOneLine(String garbage) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemedyAnswer.parse(garbage))
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
    }

    @Test
    void takesANumberBeyondAnyErrorCodeForUnread() {
        RemedyAnswer answer = RemedyAnswer.parse("{\"remedy\":{\"data\":{\"leased\":true,\"steps\":"
                + "[{\"name\":\"x\",\"outcome\":\"start-failed\",\"win32Error\":99999999999999999999}]}}}");

        assertThat(answer.steps()).extracting(StepOutcome::win32Error).containsOnlyNulls();
    }

    @Test
    void eitherReadsOrRefusesAnAnswerWithBytesChangedOrCutOff() {
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        byte[] odd = "{}[]\",:0919-e.n\\u\0".getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = odd[random.nextInt(odd.length)];
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            String text = new String(bytes, 0, length, StandardCharsets.UTF_8);

            Throwable thrown = catchThrowable(() -> RemedyAnswer.parse(text));

            if (thrown != null) {
                assertThat(thrown).as("seed %d", seed).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
