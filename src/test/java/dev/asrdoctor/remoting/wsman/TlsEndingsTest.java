package dev.asrdoctor.remoting.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.ConnectionCut;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import dev.asrdoctor.remoting.RemotingFailure.TlsFailed;
import dev.asrdoctor.remoting.RemotingFailure.TlsFailed.Why;
import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted;
import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted.Rule;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How TLS can end before anything was said in it, and what is told then. */
class TlsEndingsTest {
    private static Certificates certificates;
    private static Path caFile;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws Exception {
        certificates = new Certificates();
        caFile = certificates.writeAuthority(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "40, NO_COMMON_CIPHER, TLS_RSA",
        "71, NO_COMMON_CIPHER, Get-TlsCipherSuite",
        "70, OLD_PROTOCOL, TLS 1.0 or 1.1",
        "116, CLIENT_CERTIFICATE, authentication certificate",
        "80, OTHER, Schannel"
    })
    void anAlertIsToldByWhatItMeans(int alert, Why why, String advised) throws Exception {
        byte[] bytes = {0x15, 3, 3, 0, 2, 2, (byte) alert};
        assertEnds(bytes, why, advised);
    }

    @Test
    void aHandshakeThatIsBrokenOffPointsToTheCertificateOfTheListener() throws Exception {
        assertEnds(new byte[0], Why.BROKEN_OFF, "private key");
    }

    @Test
    void aCertificateThatJavaCannotReadIsToldAsSuch() throws Exception {
        assertEnds(helloWithCertificate(new byte[] {0x30, 3, 1, 2, 3}), Why.UNREADABLE_CERTIFICATE, "damaged");
    }

    private static void assertEnds(byte[] answer, Why why, String advised) throws IOException {
        try (Peer peer = new Peer(socket -> {
            socket.getInputStream().read(new byte[2048]);
            socket.getOutputStream().write(answer);
            socket.getOutputStream().flush();
            if (answer.length > 0) {
                socket.getInputStream().read(new byte[2048]);
            }
        })) {
            RemotingFailure failure = Client.failure(peer.tls());
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            TlsFailed.class,
                            failed ->
                                    assertThat(failed.why()).as(failed.detail()).isEqualTo(why));
            assertThat(failure.advice()).contains(advised);
        }
    }

    /** ServerHello and Certificate of TLS 1.2. */
    private static byte[] helloWithCertificate(byte[] certificate) throws IOException {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(hello);
        out.writeShort(0x0303);
        out.write(new byte[32]);
        out.writeByte(0);
        out.writeShort(0xc02f);
        out.writeByte(0);
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        DataOutputStream certificates = new DataOutputStream(list);
        certificates.writeByte(0);
        certificates.writeShort(certificate.length + 3);
        certificates.writeByte(0);
        certificates.writeShort(certificate.length);
        certificates.write(certificate);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(record(2, hello.toByteArray()));
        both.writeBytes(record(11, list.toByteArray()));
        return both.toByteArray();
    }

    private static byte[] record(int type, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(0x16);
        out.writeShort(0x0303);
        out.writeShort(body.length + 4);
        out.writeByte(type);
        out.writeByte(0);
        out.writeShort(body.length);
        out.write(body);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatDemandsAClientCertificateIsToldAsSuch(String protocol) throws Exception {
        try (Server server = new Server(protocol, true, true)) {
            RemotingFailure failure = Client.failure(server.endpoint());

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            TlsFailed.class,
                            failed ->
                                    assertThat(failed.why()).as(failed.detail()).isEqualTo(Why.CLIENT_CERTIFICATE));
            assertThat(failure.advice()).contains("netsh http show sslcert").doesNotContain("TLS 1.0", "says http");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatAskedForACertificateAndHungUpIsToldAsSuch(String protocol) throws Exception {
        try (Server server = new Server(protocol, false, true)) {
            assertThat(Client.failure(server.endpoint()))
                    .isInstanceOfSatisfying(
                            TlsFailed.class, failed -> assertThat(failed.why()).isEqualTo(Why.CLIENT_CERTIFICATE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatHangsUpInsideOfTlsIsNotTakenForPlainHttp(String protocol) throws Exception {
        try (Server server = new Server(protocol, false, false)) {
            RemotingFailure failure = Client.failure(server.endpoint());

            assertThat(failure).isEqualTo(new ConnectionCut(Stage.HTTP, 0, true));
            assertThat(failure.advice()).contains("TLS came about").doesNotContain("inventory says http", "TLS 1.0");
        }
    }

    @ParameterizedTest
    @CsvSource({"SHA1withECDSA, 256", "SHA256withECDSA, 1024"})
    void whatAPrivateAuthoritySignsHasToBeAsStrongAsWhatAPublicOneSigns(String algorithm, int bits) throws Exception {
        var keys = bits == 256 ? Certificates.keys() : Certificates.rsa(bits);
        Certificates.Issued weak = certificates.issued("127.0.0.1", "127.0.0.1", keys, algorithm);
        try (FakeHost host = new FakeHost(Scheme.NTLM, Simulated::reply, weak.sockets())) {
            assertThat(Client.failure(endpoint("127.0.0.1", host.port(), List.of())))
                    .isInstanceOfSatisfying(
                            TlsUntrusted.class,
                            untrusted -> assertThat(untrusted.rule()).isEqualTo(Rule.NOT_ALLOWED));
            assertThat(Client.run(endpoint("127.0.0.1", host.port(), List.of(weak.fingerprint())))
                            .exitCode())
                    .isZero();
        }
    }

    @Test
    void anRsaKeyOf2048BitsIsStrongEnough() throws Exception {
        Certificates.Issued strong =
                certificates.issued("127.0.0.1", "127.0.0.1", Certificates.rsa(2048), "SHA256withECDSA");
        try (FakeHost host = new FakeHost(Scheme.NTLM, Simulated::reply, strong.sockets())) {
            assertThat(Client.run(endpoint("127.0.0.1", host.port(), List.of())).exitCode())
                    .isZero();
        }
    }

    @Test
    void anAddressInTheCnAloneIsToldWithWhatItLacks() throws Exception {
        Certificates.Issued issued = certificates.issued("127.0.0.1", null, Certificates.keys(), "SHA256withECDSA");
        try (FakeHost host = new FakeHost(Scheme.NTLM, Simulated::reply, issued.sockets())) {
            RemotingFailure failure = Client.failure(endpoint("127.0.0.1", host.port(), List.of()));

            assertThat(failure.message()).contains("names the address 127.0.0.1 in its CN alone");
            assertThat(failure.advice()).contains("IP address among its subject alternative names");
        }
    }

    @Test
    void aNameInTheCnAloneCountsAsItDoesForWindows() throws Exception {
        Certificates.Issued issued = certificates.issued("localhost", null, Certificates.keys(), "SHA256withECDSA");
        try (FakeHost host = new FakeHost(Scheme.NTLM, Simulated::reply, issued.sockets())) {
            assertThat(Client.run(endpoint("localhost", host.port(), List.of())).exitCode())
                    .isZero();
        }
    }

    private static Endpoint endpoint(String name, int port, List<String> pins) {
        return new Endpoint(name, port, true, "/wsman", Scheme.NTLM, false, pins, caFile, true);
    }

    /** Makes TLS, reads a little, hangs up. */
    private static final class Server implements AutoCloseable {
        private final ServerSocket listener;

        Server(String protocol, boolean needs, boolean wants) throws Exception {
            listener = certificates
                    .issued("127.0.0.1", -1, 10)
                    .sockets()
                    .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
            SSLServerSocket tls = (SSLServerSocket) listener;
            tls.setEnabledProtocols(new String[] {protocol});
            if (needs) {
                tls.setNeedClientAuth(true);
            } else {
                tls.setWantClientAuth(wants);
            }
            Thread.ofVirtual().start(this::serve);
        }

        private void serve() {
            while (true) {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    socket.startHandshake();
                    socket.getInputStream().read(new byte[4096]);
                } catch (IOException e) {
                    if (listener.isClosed()) {
                        return;
                    }
                }
            }
        }

        Endpoint endpoint() {
            return TlsEndingsTest.endpoint("127.0.0.1", listener.getLocalPort(), List.of());
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
