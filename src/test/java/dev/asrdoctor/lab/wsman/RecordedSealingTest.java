package dev.asrdoctor.lab.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Recordings;
import dev.asrdoctor.remoting.ntlm.AuthenticateMessage;
import dev.asrdoctor.remoting.ntlm.ChallengeMessage;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Does the server's part of a recorded, sealed conversation again. */
class RecordedSealingTest {
    private final JsonNode recording = Recordings.json("http/ntlm-sealed.json");
    private final JsonNode messages = recording.get("messages");

    @Test
    void makesTheRecordedMultipartBodiesByteForByte() throws Exception {
        NtlmSession session = serverSession();
        int compared = 0;
        for (JsonNode message : messages) {
            if (message.get("from").asString().equals("server") && message.has("bodyBase64")) {
                assertThat(Sealing.close(message.get("plainText").asString().getBytes(UTF_8), session))
                        .isEqualTo(body(message));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(6);
    }

    @Test
    void opensWhatTheRecordedClientSealed() throws Exception {
        NtlmSession session = serverSession();
        int compared = 0;
        for (JsonNode message : messages) {
            if (message.get("from").asString().equals("client") && message.has("bodyBase64")) {
                assertThat(new String(Sealing.open(body(message), session), UTF_8))
                        .isEqualTo(message.get("plainText").asString());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(2);
    }

    /** Everything but the version of Windows in bytes 48 to 55. */
    @Test
    void challengesAsTheRecordedHostDidWithTheSameHeaders() throws Exception {
        for (String file : List.of("http/ntlm-sealed.json", "http/ntlm-plain.json")) {
            JsonNode conversation = Recordings.json(file).get("messages");
            byte[] theirs = token(conversation.get(1));
            EndpointSettings settings =
                    EndpointSettings.of(new HostIdentity("VAGRANT-CFGTV38", "6.3.9600", false), Accounts.of());
            try (WinRmEndpoint endpoint = Endpoint.listen(settings, (line, in, early) -> null, surroundings(theirs));
                    RawClient client = RawClient.to(endpoint)) {
                RawClient.Answer answer =
                        client.post(List.of(RawClient.negotiate(token(conversation.get(0)))), new byte[0]);

                assertThat(answer.statusLine())
                        .isEqualTo(conversation.get(1).get("startLine").asString());
                assertThat(answer.headerNames()).isEqualTo(headerNames(conversation.get(1)));
                byte[] ours = Base64.getDecoder()
                        .decode(answer.header("WWW-Authenticate").substring("Negotiate ".length()));
                Arrays.fill(theirs, 48, 56, (byte) 0);
                Arrays.fill(ours, 48, 56, (byte) 0);
                assertThat(ours).isEqualTo(theirs);
            }
        }
    }

    /** The moment and the challenge of the recording. */
    private static Surroundings surroundings(byte[] challenge) throws Exception {
        byte[] time = ChallengeMessage.parse(challenge).targetInfo().find(7).orElseThrow();
        long ticks = ByteBuffer.wrap(time).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Instant instant = Instant.ofEpochSecond(ticks / 10_000_000 - 11_644_473_600L, ticks % 10_000_000 * 100);
        RandomGenerator random = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(challenge, 24, bytes, 0, bytes.length);
            }
        };
        return new Surroundings(Clock.fixed(instant, ZoneOffset.UTC), random);
    }

    private NtlmSession serverSession() throws Exception {
        byte[] key =
                HexFormat.of().parseHex(recording.get("exportedSessionKeyHex").asString());
        return NtlmSession.ofAcceptor(
                key, AuthenticateMessage.parse(token(messages.get(2))).flags());
    }

    private static byte[] body(JsonNode message) {
        return Base64.getDecoder().decode(message.get("bodyBase64").asString());
    }

    private static List<String> headerNames(JsonNode message) {
        return message.get("headers")
                .valueStream()
                .map(header -> header.asString().split(":")[0])
                .toList();
    }

    private static byte[] token(JsonNode message) {
        return message.get("headers")
                .valueStream()
                .map(JsonNode::asString)
                .filter(header -> header.contains(": Negotiate "))
                .map(header -> header.substring(header.indexOf("Negotiate ") + "Negotiate ".length()))
                .map(Base64.getDecoder()::decode)
                .findFirst()
                .orElseThrow();
    }
}
