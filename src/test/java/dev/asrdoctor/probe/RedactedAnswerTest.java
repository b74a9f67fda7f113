package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.Script;
import dev.asrdoctor.remoting.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RedactedAnswerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void aPasswordThatTheServerSpellsInEscapesStandsInNoFacts() throws Exception {
        Facts facts = read("Secret-1", service("\\u0053ecr\\u0065t-1 svc", 7));

        assertThat(Objects.requireNonNull(facts.read(FactArea.SERVICES))
                        .services()
                        .getFirst()
                        .displayName())
                .isEqualTo("[redacted] svc");
        assertThat(FactsJson.toDocument(facts).toString()).doesNotContain("ecret-1");
    }

    @Test
    void aPasswordOfDigitsLeavesNumbersAsTheyAre() throws Exception {
        ServicesFacts services = Objects.requireNonNull(
                read("123456", service("pw 123456", 123456)).read(FactArea.SERVICES));

        assertThat(services.services().getFirst().processId()).isEqualTo(123456L);
        assertThat(services.services().getFirst().displayName()).isEqualTo("pw [redacted]");
    }

    private static String service(String displayName, long pid) {
        return "{\"version\":1,\"areas\":{\"host\":{\"error\":{\"id\":\"x\",\"message\":\"y\"}},\"services\":{\"data\":"
                + "{\"source\":\"cim\",\"services\":[{\"name\":\"svagents\",\"displayName\":\"" + displayName
                + "\",\"state\":\"running\",\"processId\":" + pid + ",\"dependsOn\":[]}],\"events\":[]}}}}";
    }

    private static Facts read(String password, String json) throws Exception {
        Redaction redaction = new Redaction();
        redaction.add("CORP\\svc", password.toCharArray());
        RandomGenerator random = mock(RandomGenerator.class);
        when(random.nextLong()).thenReturn(0x1234L);
        String nonce = Nonce.random(random).text();
        String hash = Answer.sha256(json.getBytes(StandardCharsets.ISO_8859_1), 0, json.length());
        String answer =
                "ASRDOCTOR-ANSWER 1 " + nonce + " " + json.length() + " " + hash + " " + json + " ASRDOCTOR-END";
        Session session = mock(Session.class);
        when(session.read(any(Script.class), any()))
                .thenReturn(
                        new Output(answer.getBytes(StandardCharsets.US_ASCII), new byte[0], 0, Duration.ofSeconds(1)));
        return new FactsReader(random, () -> NOW, redaction)
                .read("ps-01", new Request.ReadFacts(Products.shipped().first(), 24), session, mock(Deadline.class));
    }
}
