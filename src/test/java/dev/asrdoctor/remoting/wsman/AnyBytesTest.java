package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Output;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmFlags;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives is either understood or refused in words. */
class AnyBytesTest {
    private static final String REQUEST = "<a:MessageID>uuid:1</a:MessageID>";

    private final Random random = new Random(20261123);

    @Test
    void httpAnswersOnlyEverFailClearly() throws Exception {
        List<byte[]> seeds = List.of(
                bytes("HTTP/1.1 401 \r\nWWW-Authenticate: Negotiate\r\nContent-Length: 5\r\n\r\nhello"),
                bytes(
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: r\r\n\r\n"),
                bytes("HTTP/1.1 200 OK\nA: b\n c\n\nuntil the end"));
        int understood = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = i < seeds.size() ? seeds.get(i) : damage(seeds.get(i % seeds.size()));
            try {
                assertThat(new AnswerReader(new ByteArrayInputStream(bytes))
                                .read()
                                .body()
                                .length)
                        .isLessThanOrEqualTo(bytes.length);
                understood++;
            } catch (MalformedHttpException | EOFException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(understood).isGreaterThan(seeds.size());
    }

    @Test
    void readsChunksAndSkipsInterimAnswers() throws Exception {
        HttpAnswer answer = new AnswerReader(new ByteArrayInputStream(
                        bytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nT: r\r\n\r\n")))
                .read();

        assertThat(new String(answer.body(), ISO_8859_1)).isEqualTo("hello world");
        assertThat(answer.keepsConnection()).isTrue();
    }

    @Test
    void offersAreReadWhateverTheyAre() {
        for (int i = 0; i < 20_000; i++) {
            String value = new String(damage(bytes("Negotiate TlRM, Basic realm=\"a, \\\"b\", Kerberos")), ISO_8859_1);
            for (AuthChallenge challenge : AuthChallenge.parse(List.of(value))) {
                assertThat(challenge.scheme()).matches("[A-Za-z0-9._-]+");
            }
        }
    }

    @Test
    void readsSeveralOffersInOneHeaderAndInSeveral() {
        assertThat(AuthChallenge.parse(List.of(
                        "Negotiate TlRMTVNTUAAC==, Basic realm=\"WS, MAN\", charset=\"UTF-8\"", "Kerberos", "CredSSP")))
                .containsExactly(
                        new AuthChallenge("Negotiate", "TlRMTVNTUAAC=="),
                        new AuthChallenge("Basic", "realm=\"WS, MAN\""),
                        new AuthChallenge("Kerberos", ""),
                        new AuthChallenge("CredSSP", ""));
    }

    @Test
    void sealedBodiesOnlyEverFailClearly() {
        byte[] sealed = EncryptedMultipart.seal(bytes("<x/>".repeat(30)), session(true));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = damage(sealed);
            try {
                assertThat(EncryptedMultipart.unseal(bytes, session(false)).remaining())
                        .isBetween(0, bytes.length);
            } catch (NtlmException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void unsealsWhatASpacedBoundaryFrames() throws Exception {
        String framed = new String(EncryptedMultipart.seal(bytes("<x/>"), session(true)), ISO_8859_1);
        byte[] spaced = bytes(framed.replace("--Encrypted Boundary", "-- Encrypted Boundary"));

        ByteBuffer plain = EncryptedMultipart.unseal(spaced, session(false));

        assertThat(ISO_8859_1.decode(plain).toString()).isEqualTo("<x/>");
    }

    @Test
    void envelopesOnlyEverFailClearly() {
        List<byte[]> seeds = new ArrayList<>();
        for (String action : List.of("Create", "Command", "Receive", "Delete")) {
            seeds.add(body(Simulated.reply(action, REQUEST)));
        }
        seeds.add(body(Simulated.fault(REQUEST, 5)));
        int understood = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i < seeds.size() ? seeds.get(i) : damage(seeds.get(i % seeds.size()));
            try {
                assertThat(EnvelopeReader.read(ByteBuffer.wrap(bytes), "uuid:1"))
                        .isNotNull();
                understood++;
            } catch (MalformedEnvelopeException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(understood).isGreaterThan(seeds.size());
    }

    @Test
    void envelopesMayNotReachOutOrBlowUp() {
        String rest =
                "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>&x;</s:Body></s:Envelope>";
        for (String malicious : List.of(
                "<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + rest,
                "<!DOCTYPE x [<!ENTITY y \"yyyyyyyyyy\"><!ENTITY x \"&y;&y;&y;&y;\">]>" + rest,
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">" + rest,
                rest,
                "<a>".repeat(100_000),
                "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">" + "<a>".repeat(1000),
                "<html><body>not SOAP</body></html>",
                "")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> EnvelopeReader.read(ByteBuffer.wrap(malicious.getBytes(UTF_8)), "uuid:1")))
                    .isInstanceOf(MalformedEnvelopeException.class);
        }
    }

    @Test
    void wholeConversationsOnlyEverFailClearly() throws Exception {
        for (int i = 0; i < 400; i++) {
            try (FakeHost host = new FakeHost(i % 2 == 0 ? Scheme.BASIC : Scheme.NTLM, (action, envelope) -> {
                FakeHost.Reply reply = Simulated.reply(action, envelope);
                return random.nextInt(4) > 0
                        ? reply
                        : new FakeHost.Reply(random.nextBoolean() ? 200 : 500, new String(damage(body(reply)), UTF_8));
            })) {
                try {
                    Output output = Client.run(host.endpoint());
                    assertThat(output.exitCode()).isNotNegative();
                } catch (RemotingException e) {
                    assertThat(e.failure().advice()).isNotBlank();
                }
            }
        }
    }

    private static NtlmSession session(boolean client) {
        byte[] key = new byte[16];
        return client ? NtlmSession.ofClient(key, NtlmFlags.CLIENT) : NtlmSession.ofAcceptor(key, NtlmFlags.CLIENT);
    }

    private static byte[] body(FakeHost.Reply reply) {
        return String.valueOf(reply.body()).getBytes(UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private byte[] damage(byte[] seed) {
        byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(seed, random.nextInt(seed.length + 20)) : seed.clone();
        for (int n = 1 + random.nextInt(4); n > 0 && bytes.length > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = seed[random.nextInt(seed.length)];
                default -> {
                    int from = random.nextInt(bytes.length);
                    System.arraycopy(
                            bytes,
                            from,
                            bytes,
                            at,
                            Math.min(bytes.length - Math.max(at, from), 1 + random.nextInt(20)));
                }
            }
        }
        return bytes;
    }
}
