package dev.asrdoctor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.asrdoctor.product.Products;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.Script;
import dev.asrdoctor.remoting.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RemedyScriptTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Request.Remedy REQUEST = new Request.Remedy(
            Products.shipped().first(),
            List.of(new Request.Step("start", "svagents", null, null, null, false)),
            LIMIT,
            LIMIT,
            false);

    private final Redaction redaction = new Redaction();

    /** As a server sends it, with the word that it was asked to repeat. */
    private String answered(String json) throws Exception {
        Session session = mock();
        when(session.run(any(Script.class), any())).thenAnswer(call -> {
            Matcher nonce = Pattern.compile("\"nonce\":\"([0-9a-f]+)\"")
                    .matcher(call.getArgument(0, Script.class).text());
            assertThat(nonce.find()).isTrue();
            String line = "ASRDOCTOR-ANSWER 1 " + nonce.group(1) + " " + json.length() + " "
                    + Answer.sha256(json.getBytes(StandardCharsets.ISO_8859_1), 0, json.length()) + " " + json
                    + " ASRDOCTOR-END\r\n";
            return new Output(line.getBytes(StandardCharsets.US_ASCII), new byte[0], 0, LIMIT);
        });
        return new RemedyScript(new Random(1), redaction).run(REQUEST, session, Deadline.after(LIMIT));
    }

    @Test
    void bringsTheAnswerBackAsItIs() throws Exception {
        String json = "{\"remedy\":{\"data\":{\"leased\":true,\"steps\":[],\"events\":[]}}}";
        assertThat(answered(json)).isEqualTo(json);
    }

    @Test
    void aPasswordThatAServerEchoesDoesNotGetIntoTheJournal() throws Exception {
        redaction.add("LAB\\admin", "Sesame-7!open".toCharArray());
        String json = "{\"remedy\":{\"data\":{\"leased\":true,\"events\":[],\"steps\":[{\"message\":"
                + "\"net use /user:admin Sesame-7!open failed\"}]}}}";
        assertThat(answered(json))
                .doesNotContain("Sesame")
                .contains("net use /user:admin " + Redaction.MARK + " failed");
    }
}
