package dev.asrdoctor.remoting.ntlm;

import static dev.asrdoctor.remoting.ntlm.Handed.hex;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Recordings;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Recomputes what a real Windows host and its client said. */
class RecordedLogonTest {
    private static final NtlmAcceptor.Accounts VAGRANT = (domain, user) ->
            user.equals("vagrant") ? Optional.of(NtlmV2.ntHash("vagrant".toCharArray())) : Optional.empty();

    @Test
    void clientWritesTheRecordedMessagesByteForByte() throws NtlmException {
        JsonNode recording = Recordings.json("http/ntlm-sealed.json");
        byte[] negotiate = token(recording, 0);
        byte[] challenge = token(recording, 1);
        byte[] authenticate = token(recording, 2);
        byte[] clientChallenge =
                Arrays.copyOfRange(AuthenticateMessage.parse(authenticate).ntResponse(), 32, 40);

        NtlmClient client = new NtlmClient(
                new NtlmClient.Account("", "vagrant", "vagrant".toCharArray(), ""),
                NegotiateMessage.parse(negotiate).flags(),
                Handed.random(clientChallenge, exportedKey(recording)),
                Handed.NOON);

        assertThat(client.negotiate()).isEqualTo(negotiate);
        assertThat(client.authenticate(challenge, NtlmClient.Target.NONE)).isEqualTo(authenticate);
        assertThat(client.session()).isPresent();
    }

    @Test
    void acceptorGrantsWhatTheRecordedHostGranted() throws NtlmException {
        for (String name : new String[] {"http/ntlm-sealed.json", "http/ntlm-plain.json"}) {
            JsonNode recording = Recordings.json(name);
            NtlmAcceptor acceptor = new NtlmAcceptor(
                    VAGRANT, "X", NtlmAcceptor.standalone("X"), Handed.random(new byte[8]), Handed.NOON);

            ChallengeMessage ours = ChallengeMessage.parse(acceptor.challenge(token(recording, 0)));
            ChallengeMessage theirs = ChallengeMessage.parse(token(recording, 1));

            assertThat(ours.flags()).isEqualTo(theirs.flags());
            assertThat(ids(ours)).isEqualTo(ids(theirs));
        }
    }

    private static List<Integer> ids(ChallengeMessage message) {
        return message.targetInfo().pairs().stream().map(AvPair::id).toList();
    }

    @Test
    void acceptorAcceptsTheRecordedLogonAndFindsItsKey() throws NtlmException {
        JsonNode recording = Recordings.json("http/ntlm-sealed.json");

        assertThat(accept(recording).exportedSessionKey()).isEqualTo(exportedKey(recording));
    }

    @Test
    void acceptorAcceptsTheRecordedLogonWithoutSealing() throws NtlmException {
        JsonNode recording = Recordings.json("http/ntlm-plain.json");

        NtlmVerdict.Accepted accepted = accept(recording);

        assertThat(accepted.user()).isEqualTo("vagrant");
        assertThat(accepted.session()).isEmpty();
    }

    @Test
    void acceptorRefusesTheRecordedLogonWithOneBitChanged() throws NtlmException {
        JsonNode recording = Recordings.json("http/ntlm-sealed.json");
        byte[] authenticate = token(recording, 2);
        authenticate[AuthenticateMessage.MIC_AT] ^= 1;

        NtlmVerdict verdict = NtlmAcceptor.verify(VAGRANT, token(recording, 0), token(recording, 1), authenticate);

        assertThat(verdict).isEqualTo(new NtlmVerdict.Refused(NtlmVerdict.Reason.WRONG_MIC, "", "vagrant"));
    }

    @Test
    void bothSidesSealAndUnsealEveryRecordedBody() throws NtlmException {
        JsonNode recording = Recordings.json("http/ntlm-sealed.json");
        int flags = AuthenticateMessage.parse(token(recording, 2)).flags();
        NtlmSession client = NtlmSession.ofClient(exportedKey(recording), flags);
        NtlmSession acceptor = accept(recording).session().orElseThrow();
        boolean acceptorHeardAll = true;
        int bodies = 0;

        for (JsonNode message : recording.get("messages")) {
            boolean fromClient = message.get("from").asString().equals("client");
            if (message.has("sealedLength")) {
                client.seal(new byte[message.get("sealedLength").asInt()]);
                acceptorHeardAll = false;
            } else if (message.has("plainText")) {
                byte[] plain = message.get("plainText").asString().getBytes(UTF_8);
                byte[] sealed = sealedPart(
                        Base64.getDecoder().decode(message.get("bodyBase64").asString()));
                assertThat((fromClient ? client : acceptor).seal(plain)).isEqualTo(sealed);
                if (!fromClient || acceptorHeardAll) {
                    assertThat((fromClient ? acceptor : client).unseal(sealed)).isEqualTo(plain);
                }
                bodies++;
            }
        }
        assertThat(bodies).isEqualTo(8);
    }

    private static NtlmVerdict.Accepted accept(JsonNode recording) throws NtlmException {
        return (NtlmVerdict.Accepted)
                NtlmAcceptor.verify(VAGRANT, token(recording, 0), token(recording, 1), token(recording, 2));
    }

    private static byte[] exportedKey(JsonNode recording) {
        return hex(recording.get("exportedSessionKeyHex").asString());
    }

    private static byte[] token(JsonNode recording, int message) {
        for (JsonNode header : recording.get("messages").get(message).get("headers")) {
            String line = header.asString();
            int at = line.indexOf(": Negotiate ");
            if (at >= 0) {
                return Base64.getDecoder().decode(line.substring(at + ": Negotiate ".length()));
            }
        }
        throw new AssertionError("no NTLM token in message " + message);
    }

    /** Signature and sealed bytes out of the multipart body. */
    private static byte[] sealedPart(byte[] body) {
        String text = new String(body, ISO_8859_1);
        String before = "Content-Type: application/octet-stream\r\n";
        int from = text.indexOf(before) + before.length() + 4;
        return Arrays.copyOfRange(body, from, text.lastIndexOf("--Encrypted Boundary--"));
    }
}
