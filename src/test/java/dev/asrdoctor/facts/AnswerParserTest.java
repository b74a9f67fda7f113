package dev.asrdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

class AnswerParserTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CRYPTO =
            "{\"data\":{\"protocols\":[{\"version\":\"TLS 1.2\",\"side\":\"Client\",\"enabled\":null,\"disabledByDefault\":1}],"
                    + "\"dotNet\":[],\"release\":461814}}";
    private static final String ANSWER =
            "{\"version\":1,\"areas\":{\"crypto\":" + CRYPTO + "},\"clockAtStart\":\"2026-11-29T21:55:50.056Z\"}";

    @Test
    void readsAnOrdinaryAnswerInOnePass() {
        AnswerParser.Parsed parsed = parsed(ANSWER, UnaryOperator.identity()).orElseThrow();
        assertThat(parsed.areas().get(FactArea.CRYPTO)).isInstanceOf(Area.Read.class);
        assertThat(parsed.others().path("version").asInt()).isEqualTo(1);
        assertThat(parsed.others().path("clockAtStart").asString()).isEqualTo("2026-11-29T21:55:50.056Z");
    }

    @Test
    void readsAnAreaThatCouldNotBeRead() {
        String answer = ANSWER.replace(CRYPTO, "{\"error\":{\"id\":\"denied\",\"message\":\"no\"}}");
        assertThat(parsed(answer, UnaryOperator.identity())
                        .orElseThrow()
                        .areas()
                        .get(FactArea.CRYPTO))
                .isEqualTo(new Area.Unreadable<>("denied", "no"));
    }

    @ParameterizedTest
    @MethodSource("areasOfRecords")
    void knowsTheFormOfEveryRecord(FactArea<?> area) {
        JsonParser parser = MAPPER.createParser("{}");
        parser.nextToken();
        Texts texts = new Texts(UnaryOperator.identity());
        // A type that it does not know is another exception.
        assertThatThrownBy(() -> RecordParser.read(parser, area.type(), texts)).isInstanceOf(UnusualException.class);
    }

    static Stream<FactArea<?>> areasOfRecords() {
        return FactArea.all().stream().filter(area -> !FactsJson.readsFromTree(area));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS 1.2", "2026-11-29T21:55:50.056Z", "clockAtStart"})
    void leavesToTheTreeWhatHasATextThatMustNotBeKept(String secret) {
        assertThat(parsed(ANSWER, text -> text.replace(secret, "[redacted]"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"more\":\"a secret\"", "\"a secret\":[[{\"x\":1}]]", "\"more\":{\"x\":[\"a secret\"]}"})
    void looksForSuchATextInWhatItPassesOverToo(String member) {
        String answer = ANSWER.replace("\"release\"", member + ",\"release\"");
        assertThat(parsed(answer, UnaryOperator.identity())).isPresent();
        assertThat(parsed(answer, text -> text.replace("a secret", "[redacted]")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "461814}}|\"461814\"}}",
                "461814}}|461814.5}}",
                "461814}}|99999999999999999999}}",
                "461814}}|true}}",
                "\"Client\"|null",
                "\"Client\"|5",
                "\"side\":\"Client\",|",
                "\"dotNet\":[]|\"dotNet\":[null]",
                "\"dotNet\":[]|\"dotNet\":{}",
                "\"dotNet\":[]|\"dotNet\":[],\"dotNet\":[]",
                "\"version\":1,|\"version\":1,\"version\":1,",
                "{\"data\":|{\"more\":1,\"data\":",
                "50.056Z\"}|50.056Z\"} {}",
                "50.056Z\"}|50.056Z\"",
            })
    void leavesToTheTreeWhatIsNotAsScriptsWriteIt(String change) {
        String[] parts = change.split("\\|", 2);
        assertThat(ANSWER).contains(parts[0]);
        assertThat(parsed(ANSWER.replace(parts[0], parts[1]), UnaryOperator.identity()))
                .isEmpty();
    }

    private static Optional<AnswerParser.Parsed> parsed(String answer, UnaryOperator<String> clean) {
        return new AnswerParser(MAPPER, clean).parse(answer.getBytes(StandardCharsets.UTF_8));
    }
}
