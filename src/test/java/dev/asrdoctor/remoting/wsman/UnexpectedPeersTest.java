package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.BasicNeedsTls;
import dev.asrdoctor.remoting.RemotingFailure.ClearTextRefused;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionRefused;
import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.EndpointNotFound;
import dev.asrdoctor.remoting.RemotingFailure.HttpForbidden;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.RemotingFailure.MalformedAnswer;
import dev.asrdoctor.remoting.RemotingFailure.NameNotResolved;
import dev.asrdoctor.remoting.RemotingFailure.NoAnswer;
import dev.asrdoctor.remoting.RemotingFailure.NotWinRm;
import dev.asrdoctor.remoting.RemotingFailure.PlainHttpOnTlsPort;
import dev.asrdoctor.remoting.RemotingFailure.SchemeNotOffered;
import dev.asrdoctor.remoting.RemotingFailure.SealingNotGranted;
import dev.asrdoctor.remoting.RemotingFailure.ServiceUnavailable;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.RemotingFailure.TlsOnPlainPort;
import dev.asrdoctor.remoting.ntlm.ChallengeMessage;
import dev.asrdoctor.remoting.ntlm.NtlmAcceptor;
import dev.asrdoctor.remoting.ntlm.NtlmFlags;
import dev.asrdoctor.testing.ClosedPort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnexpectedPeersTest {

    @Test
    void saysThatANameIsUnknown() {
        assertThat(Client.failure(at("no-such-host.invalid", 5985)))
                .isEqualTo(new NameNotResolved("no-such-host.invalid"));
    }

    @Test
    void saysThatAPortRefuses() {
        int port = ClosedPort.number();
        assertThat(Client.failure(at("127.0.0.1", port))).isEqualTo(new ConnectionRefused(port));
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void saysWhichServerAnsweredInPlaceOfWinRm(Scheme scheme) throws IOException {
        try (Peer peer = Peer.saying(
                "HTTP/1.1 200 OK\r\nServer: nginx/1.22\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<hi>")) {
            RemotingFailure failure = Client.failure(peer.endpoint(scheme));

            assertThat(failure).isInstanceOf(NotWinRm.class);
            assertThat(failure.message()).contains("HTTP 200", "nginx/1.22", "text/html");
        }
    }

    @ParameterizedTest
    @CsvSource({"404,BASIC", "405,BASIC", "404,NTLM", "405,NTLM"})
    void saysThatThePathIsWrong(int status, Scheme scheme) throws IOException {
        try (Peer peer = Peer.saying("HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(Client.failure(peer.endpoint(scheme))).isEqualTo(new EndpointNotFound(status, "/wsman"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void saysThatAccessIsForbidden(Scheme scheme) throws IOException {
        try (Peer peer = Peer.saying("HTTP/1.1 403 Forbidden\r\nServer: squid\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(Client.failure(peer.endpoint(scheme))).isEqualTo(new HttpForbidden("squid"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void saysThatTheServiceIsUnavailable(Scheme scheme) throws IOException {
        try (Peer peer = Peer.saying("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(Client.failure(peer.endpoint(scheme))).isInstanceOf(ServiceUnavailable.class);
        }
    }

    @Test
    void listsWhatIsOfferedInPlaceOfNtlm() throws IOException {
        try (Peer peer = Peer.saying("HTTP/1.1 401 \r\nWWW-Authenticate: Kerberos, Basic realm=\"a, b\"\r\n"
                + "WWW-Authenticate: CredSSP\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(Client.failure(peer.endpoint(Scheme.NTLM)))
                    .isEqualTo(new SchemeNotOffered("NTLM", List.of("Kerberos", "Basic", "CredSSP")));
        }
    }

    @Test
    void listsWhatIsOfferedInPlaceOfBasic() throws IOException {
        try (Peer peer = Peer.saying("HTTP/1.1 401 \r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(Client.failure(peer.endpoint(Scheme.BASIC)))
                    .isEqualTo(new SchemeNotOffered("Basic", List.of("Negotiate")));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void triesAWrongPasswordExactlyOnce(Scheme scheme) {
        try (FakeHost host = new FakeHost(scheme, (action, envelope) -> FakeHost.Reply.CUT)) {
            List<String> verdicts = new ArrayList<>();
            RemotingFailure failure = Client.failure(() -> {
                Deadline deadline = Deadline.after(Client.AMPLE);
                try (var session = new WsmanRemoting(Client.SETTINGS)
                        .open(host.endpoint(), watched("CORP\\vagrant", "wrong", verdicts), deadline)) {
                    return session.run("'hi'", deadline);
                }
            });

            assertThat(failure).isInstanceOf(LogonFailed.class);
            assertThat(failure.message()).contains("CORP\\vagrant");
            assertThat(host.refusedLogons).hasValue(1);
            assertThat(host.connections).hasValue(1);
            assertThat(verdicts).containsExactly("begin", "refused");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void reportsAnAcceptedLogonOnce(Scheme scheme) throws Exception {
        try (FakeHost host = new FakeHost(scheme, new RecordedHost("winrs/winrs_standard.yml"))) {
            List<String> verdicts = new ArrayList<>();
            Deadline deadline = Deadline.after(Client.AMPLE);
            try (var session = new WsmanRemoting(Client.SETTINGS)
                    .open(host.endpoint(), watched("vagrant", "vagrant", verdicts), deadline)) {
                session.run("'hi'", deadline);
                session.run("'hi'", deadline);
            }
            assertThat(verdicts).containsExactly("begin", "accepted");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void abandonsALogonWithoutAVerdict(Scheme scheme) throws Exception {
        try (Peer peer = new Peer(socket -> FakeHost.read(socket.getInputStream()))) {
            List<String> verdicts = new ArrayList<>();
            Client.failure(() -> {
                Deadline deadline = Deadline.after(Client.AMPLE);
                try (var session = new WsmanRemoting(Client.SETTINGS)
                        .open(peer.endpoint(scheme), watched("vagrant", "vagrant", verdicts), deadline)) {
                    return session.run("'hi'", deadline);
                }
            });
            assertThat(verdicts).containsExactly("begin", "abandoned");
        }
    }

    @Test
    void doesNotSendBasicInTheClearUnlessAllowed() throws IOException {
        try (Peer peer = Peer.silent()) {
            Endpoint endpoint =
                    new Endpoint("127.0.0.1", peer.port(), false, "/wsman", Scheme.BASIC, false, List.of(), null, true);

            assertThat(Client.failure(endpoint)).isEqualTo(new BasicNeedsTls());
            assertThat(peer.connections).hasValue(0);
        }
    }

    @Test
    void sendsNothingWhereNtlmWouldNotSeal() throws IOException {
        String challenge = Base64.getEncoder()
                .encodeToString(new ChallengeMessage(
                                NtlmFlags.CLIENT & ~NtlmFlags.SEAL,
                                "PS01",
                                new byte[8],
                                NtlmAcceptor.standalone("PS01"))
                        .encode());
        try (Peer peer = Peer.saying(
                "HTTP/1.1 401 \r\nWWW-Authenticate: Negotiate " + challenge + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(Client.failure(peer.endpoint(Scheme.NTLM))).isEqualTo(new SealingNotGranted("NTLM"));
        }
    }

    @Test
    void saysThatClearTextIsRefused() throws IOException {
        try (Peer peer = Peer.saying("HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n")) {
            assertThat(Client.failure(peer.endpoint(Scheme.BASIC))).isEqualTo(new ClearTextRefused(Stage.SHELL));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void waitsForASilentServerNoLongerThanTheDeadline(Scheme scheme) throws IOException {
        try (Peer peer = Peer.silent()) {
            WsmanRemoting remoting = new WsmanRemoting(Client.SETTINGS);

            assertThat(Client.failure(() -> Client.run(remoting, peer.endpoint(scheme), Duration.ofMillis(200))))
                    .isInstanceOf(DeadlineExceeded.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NTLM", "BASIC"})
    void waitsForASilentServerNoLongerThanAnAnswerMayTake(Scheme scheme) throws IOException {
        try (Peer peer = Peer.silent()) {
            WsmanRemoting remoting = new WsmanRemoting(
                    Client.SETTINGS.withOperationTimeout(Duration.ofMillis(50), Duration.ofMillis(50)));

            assertThat(Client.failure(() -> Client.run(remoting, peer.endpoint(scheme), Client.AMPLE)))
                    .isInstanceOf(NoAnswer.class);
        }
    }

    @Test
    void waitsForASilentTlsServerNoLongerThanTheDeadline() throws IOException {
        try (Peer peer = Peer.silent()) {
            WsmanRemoting remoting = new WsmanRemoting(Client.SETTINGS);

            assertThat(Client.failure(() -> Client.run(remoting, peer.tls(), Duration.ofMillis(200))))
                    .isInstanceOfAny(DeadlineExceeded.class, NoAnswer.class);
        }
    }

    @Test
    void saysThatATlsPortSpeaksPlainHttp() throws IOException {
        try (Peer peer = new Peer(socket -> {
            socket.getInputStream().read(new byte[512]);
            socket.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
        })) {
            assertThat(Client.failure(peer.tls())).isEqualTo(new PlainHttpOnTlsPort(peer.port()));
        }
    }

    @Test
    void saysThatAPlainPortSpeaksTls() throws IOException {
        byte[] alert = {0x15, 3, 3, 0, 2, 2, 10};
        try (Peer peer = Peer.saying(alert)) {
            assertThat(Client.failure(peer.endpoint(Scheme.NTLM))).isEqualTo(new TlsOnPlainPort(peer.port()));
        }
    }

    @Test
    void suspectsTlsWhereThePortHangsUpAtOnce() throws IOException {
        try (Peer peer = new Peer(socket -> FakeHost.read(socket.getInputStream()))) {
            RemotingFailure failure = Client.failure(peer.endpoint(Scheme.NTLM));

            assertThat(failure).isInstanceOf(ConnectionCut.class);
            assertThat(failure.advice()).contains("5986");
        }
    }

    @Test
    void refusesEndlessHeaders() throws IOException {
        try (Peer peer = Peer.saying("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000) + "\r\n")) {
            assertThat(Client.failure(peer.endpoint(Scheme.NTLM)))
                    .isInstanceOfSatisfying(
                            MalformedAnswer.class,
                            failure -> assertThat(failure.detail()).contains("64 KiB"));
        }
    }

    @Test
    void refusesAnAnswerThatClaimsToBeHuge() throws IOException {
        try (Peer peer = Peer.saying("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")) {
            assertThat(Client.failure(peer.endpoint(Scheme.NTLM))).isInstanceOf(MalformedAnswer.class);
        }
    }

    @Test
    void keepsTerminalEscapesOutOfItsWords() throws IOException {
        try (Peer peer =
                Peer.saying("HTTP/1.1 200 OK\r\nServer: \u001b[31mred\u001b[0m\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(Client.failure(peer.endpoint(Scheme.NTLM)).message()).doesNotContain("\u001b");
        }
    }

    private static Endpoint at(String host, int port) {
        return new Endpoint(host, port, false, "/wsman", Scheme.NTLM, false, List.of(), null, true);
    }

    private static Logon watched(String account, String password, List<String> verdicts) {
        return new Logon() {
            @Override
            public Identity begin() {
                verdicts.add("begin");
                return Identity.of(account, password.toCharArray());
            }

            @Override
            public void accepted() {
                verdicts.add("accepted");
            }

            @Override
            public void refused() {
                verdicts.add("refused");
            }

            @Override
            public void abandoned() {
                verdicts.add("abandoned");
            }
        };
    }
}
