package dev.asrdoctor.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a script wrote: its framed answer, the facts in it, and what PowerShell put on standard error. */
class AnswerFuzzTest {
    private static final Nonce NONCE = new Nonce("00ff00ff00ff00ff");
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
    private static final String JSON = "{\"version\":1,\"areas\":{\"host\":{\"data\":{\"culture\":\"fr-FR\"}}}}";

    static Stream<byte[]> outputs() {
        return Stream.of(
                        frame(JSON, NONCE.text()), "Bienvenue\r\n" + frame(JSON, NONCE.text()) + "\r\n", "'powershell'")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("outputs")
    @FuzzTest
    void framedAnswers(byte[] data) {
        int half = data.length / 2;
        byte[] stderr = new byte[half];
        System.arraycopy(data, data.length - half, stderr, 0, half);
        try {
            assertThat(Answer.json(new Output(data, stderr, 1, Duration.ZERO), NONCE)
                            .length())
                    .isLessThanOrEqualTo(data.length);
        } catch (AnswerException e) {
            assertThat(e.failure().message()).isNotBlank().doesNotContain("\n", "\u001b");
            assertThat(e.failure().advice()).isNotBlank();
        }
    }

    static Stream<byte[]> facts() {
        return Stream.of(
                        JSON,
                        "{\"version\":1,\"clockAtStart\":\"2026-11-23T12:00:00Z\",\"clockAtEnd\":\"2026-11-23T12:00:01.5Z\","
                                + "\"elapsedMillis\":5,\"cost\":{\"cpuMillis\":1,\"areas\":{\"host\":3}},\"areas\":{\"services\":"
                                + "{\"data\":{\"services\":[{\"name\":\"a\",\"state\":\"Running\",\"startType\":\"Auto\",\"exitCode\":0,"
                                + "\"dependsOn\":[\"b\"]}],\"events\":[{\"id\":7031,\"at\":\"2026-11-23T11:00:00Z\",\"texts\":[\"a\"]}]}},"
                                + "\"cache\":{\"error\":{\"message\":\"denied\"}},\"time\":{\"data\":{\"offsetMillis\":1.5}},"
                                + "\"proxy\":{\"data\":{\"explorer\":[]}}}}",
                        "{\"version\":2}",
                        "{\"version\":1,\"areas\":{\"performance\":{\"data\":{\"memoryBytes\":1e400}}}}")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    /** Framed as it should be, so that every byte reaches the readers of facts, and can be written and read again. */
    @MethodSource("facts")
    @FuzzTest
    void factsInAWholeAnswer(byte[] data) throws RemotingException, InterruptedException {
        FactsReader reader = new FactsReader(new Random(1), NOON);
        try {
            Facts facts = reader.read(
                    "ps01",
                    new Request.ReadFacts(Products.shipped().first(), 24),
                    answering(new String(data, ISO_8859_1)),
                    Deadline.after(Duration.ZERO));
            String document = FactsJson.toDocument(facts).toString();
            assertThat(FactsJson.toDocument(FactsJson.fromDocument(FactsJson.parse(document)))
                            .toString())
                    .isEqualTo(document);
        } catch (AnswerException e) {
            assertThat(e.failure().message()).isNotBlank();
        }
    }

    static Stream<byte[]> errors() {
        return Stream.of(
                        "#< CLIXML\r\n"
                                + "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><S"
                                + " S=\"Error\">no_x000D__x000A_</S><Obj S=\"progress\" RefId=\"0\"><TN"
                                + " RefId=\"0\"/></Obj></Objs>",
                        "#< CLIXML\r\n"
                                + "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><Objs><S"
                                + " S=\"Error\">&y;</S></Objs>",
                        "plain words")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("errors")
    @FuzzTest
    void clixmlOnStandardError(byte[] data) {
        assertThat(Clixml.errors(data)).isNotNull().doesNotContain("root:x:0");
    }

    private static String frame(String json, String nonce) {
        return "ASRDOCTOR-ANSWER 1 " + nonce + " " + json.length() + " "
                + Answer.sha256(json.getBytes(ISO_8859_1), 0, json.length()) + " " + json + " ASRDOCTOR-END";
    }

    private static Session answering(String json) {
        return new Session() {
            private static final Pattern NONCE_IN_SCRIPT = Pattern.compile("[0-9a-f]{16}");

            @Override
            public Output run(String script, Deadline deadline) {
                Matcher nonce = NONCE_IN_SCRIPT.matcher(script);
                assertThat(nonce.find()).isTrue();
                return new Output(
                        frame(json, nonce.group()).getBytes(ISO_8859_1), new byte[0], 0, Duration.ofMillis(5));
            }

            @Override
            public void close() {}
        };
    }
}
