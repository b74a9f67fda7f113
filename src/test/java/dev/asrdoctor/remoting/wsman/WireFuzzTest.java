package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.asrdoctor.remoting.Access;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.ntlm.NtlmException;
import dev.asrdoctor.remoting.ntlm.NtlmFlags;
import dev.asrdoctor.remoting.ntlm.NtlmSession;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server may send before anything of it is trusted: HTTP, offers of logons, sealed bodies, envelopes. */
class WireFuzzTest {
    private static final String REQUEST = "<a:MessageID>uuid:1</a:MessageID>";
    private static final Access.Proxy PROXY = new Access.Proxy("proxy", 3128);
    private static final Endpoint BEHIND =
            new Endpoint("ps01", 5985, false, "/wsman", Scheme.NTLM, false, List.of(), null, true, Access.DEFAULT);
    private static final byte[] KEY = new byte[16];

    static Stream<byte[]> answers() {
        return Stream.of(
                        "HTTP/1.1 401 \r\n"
                                + "WWW-Authenticate: Negotiate\r\n"
                                + "Connection: close\r\n"
                                + "Content-Length: 0\r\n\r\n",
                        "HTTP/1.1 401 \r\nWWW-Authenticate: Negotiate TlRM\r\nContent-Length: 5\r\n\r\nhello",
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nT: r\r\n\r\n",
                        "HTTP/1.1 200 OK\nA: b\n c\n\nuntil the end",
                        "HTTP/1.0 204\r\n\r\nHTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n")
                .map(WireFuzzTest::bytes);
    }

    @MethodSource("answers")
    @FuzzTest
    void httpAnswers(byte[] data) throws IOException {
        AnswerReader reader = new AnswerReader(new ByteArrayInputStream(data));
        for (int answers = 0; answers < 10; answers++) {
            try {
                HttpAnswer answer = reader.read();
                assertThat(answer.status()).isBetween(200, 999);
                assertThat(answer.body().length).isLessThanOrEqualTo(data.length);
                assertThat(answer.headers().count()).isLessThanOrEqualTo(data.length);
                AuthChallenge.parse(answer.headers().all("WWW-Authenticate"));
            } catch (MalformedHttpException | EOFException e) {
                assertThat(e.getMessage()).isNotBlank();
                return;
            }
        }
    }

    static Stream<byte[]> offers() {
        return Stream.of(
                        "Negotiate TlRM, Basic realm=\"a, \\\"b\", Kerberos",
                        "CredSSP\nNegotiate\nBasic realm=\"WSMAN\"")
                .map(WireFuzzTest::bytes);
    }

    @MethodSource("offers")
    @FuzzTest
    void offersOfLogons(byte[] data) {
        for (AuthChallenge challenge : AuthChallenge.parse(List.of(new String(data, ISO_8859_1).split("\n", -1)))) {
            assertThat(challenge.scheme()).matches("[A-Za-z0-9._-]+");
            assertThat(challenge.token().length()).isLessThanOrEqualTo(data.length);
        }
    }

    static Stream<byte[]> proxies() {
        return Stream.of(
                        "HTTP/1.1 200 Connection established\r\nVia: p\r\n\r\nHTTP/1.1 401 \r\n",
                        "HTTP/1.0 407 Proxy Authentication Required\n\n",
                        "HTTP/1.1 20")
                .map(WireFuzzTest::bytes);
    }

    @MethodSource("proxies")
    @FuzzTest
    void proxyAnswers(byte[] data) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(data);
        Socket socket = new Socket() {
            @Override
            public InputStream getInputStream() {
                return in;
            }

            @Override
            public OutputStream getOutputStream() {
                return OutputStream.nullOutputStream();
            }
        };
        try (socket) {
            ProxyTunnel.open(socket, PROXY, BEHIND);
            String head = new String(data, 0, data.length - in.available(), ISO_8859_1);
            assertThat(head).matches(Pattern.compile("HTTP/1\\.\\S*\\s+2\\d\\d\\b.*\n\r?\n", Pattern.DOTALL));
        } catch (RemotingException e) {
            assertThat(e.failure().message()).isNotBlank().doesNotContain("\n", "\u001b");
            assertThat(e.failure().advice()).isNotBlank();
        } catch (EOFException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static Stream<byte[]> sealedBodies() {
        byte[] body = EncryptedMultipart.seal(bytes("<x/>".repeat(5)), NtlmSession.ofClient(KEY, NtlmFlags.CLIENT));
        return Stream.of(
                body, bytes(new String(body, ISO_8859_1).replace("--Encrypted Boundary", "-- Encrypted Boundary")));
    }

    @MethodSource("sealedBodies")
    @FuzzTest
    void sealedBodies(byte[] data) {
        try {
            ByteBuffer plain = EncryptedMultipart.unseal(data.clone(), NtlmSession.ofAcceptor(KEY, NtlmFlags.CLIENT));
            assertThat(plain.remaining()).isBetween(0, data.length);
        } catch (NtlmException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static Stream<byte[]> envelopes() {
        String command = String.valueOf(Simulated.reply("Command", REQUEST).body());
        return Stream.concat(
                Stream.of("Create", "Receive", "Delete").map(action -> body(Simulated.reply(action, REQUEST))),
                Stream.of(
                        body(Simulated.fault(REQUEST, 5)),
                        body(Simulated.output(REQUEST, "stderr", KEY)),
                        bytes(command.replace("<s:Body>", "<!-- c --><s:Body a='&#x41;'><![CDATA[x]]>")),
                        ("<?xml version=\"1.0\"?>" + command).getBytes(UTF_16),
                        bytes("<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + command)));
    }

    @MethodSource("envelopes")
    @FuzzTest
    void envelopes(byte[] data) {
        try {
            WsmanAnswer answer = EnvelopeReader.read(ByteBuffer.wrap(data), "uuid:1");
            if (answer instanceof WsmanAnswer.Fault fault) {
                RemotingFailure failure = fault.fault().failure(Stage.SHELL);
                assertThat(failure.message()).isNotBlank().doesNotContain("\n", "\u001b");
                assertThat(failure.advice()).isNotBlank();
            }
            if (answer instanceof WsmanAnswer.Received received) {
                assertThat(received.parts().stream()
                                .mapToInt(part -> part.data().length)
                                .sum())
                        .isLessThanOrEqualTo(data.length);
            }
        } catch (MalformedEnvelopeException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "\u001b");
        }
    }

    private static byte[] body(FakeHost.Reply reply) {
        return String.valueOf(reply.body()).getBytes(UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
