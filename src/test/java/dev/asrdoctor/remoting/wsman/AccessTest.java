package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Access;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Identity.Proof;
import dev.asrdoctor.remoting.Logon;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.BasicNeedsTls;
import dev.asrdoctor.remoting.RemotingFailure.CertificateNeedsTls;
import dev.asrdoctor.remoting.RemotingFailure.ClientCertificateUnusable;
import dev.asrdoctor.remoting.RemotingFailure.CredentialDoesNotFit;
import dev.asrdoctor.remoting.RemotingFailure.NoSchemeWorked;
import dev.asrdoctor.remoting.RemotingFailure.ProxyFailed;
import dev.asrdoctor.remoting.RemotingFailure.TlsFailed;
import dev.asrdoctor.remoting.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final char[] OPENER = "opens it".toCharArray();
    private static Certificates certificates;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksTheProxyForATunnelWithTlsAndWithout(boolean tls) throws Exception {
        try (FakeHost host = tls
                        ? new FakeHost(Scheme.NTLM, Simulated::reply, sockets(false))
                        : new FakeHost(Scheme.NTLM, Simulated::reply);
                TestProxy proxy = new TestProxy("200 Connection established")) {
            Endpoint endpoint = endpoint(host.port(), tls, Scheme.NTLM, Access.DEFAULT.with(proxy.address()));

            assertThat(Client.run(endpoint).exitCode()).isZero();
            assertThat(proxy.asked).containsExactly("CONNECT 127.0.0.1:" + host.port() + " HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "win_srv01, win_srv01, true",
        "WIN_SRV01, win_srv01, true",
        "win_srv01.contoso.example, *.contoso.example, true",
        "win_srv01.contoso.example, win_srv02.contoso.example, false",
        "win_srv01.contoso.example, *.example, false",
        "a.win_srv01.contoso.example, *.contoso.example, false"
    })
    void matchesNamesWithUnderscoresWhichJavaItselfDoesNotTake(String name, String inCertificate, boolean fits)
            throws Exception {
        Certificates authority = new Certificates();
        Path ca = authority.writeAuthority(folder);
        Certificates.Issued issued = authority.issued("x", inCertificate, Certificates.keys(), "SHA256withECDSA");
        try (FakeHost host = new FakeHost(Scheme.NTLM, Simulated::reply, issued.sockets());
                TestProxy proxy = new TestProxy("200 Connection established")) {
            Endpoint endpoint = new Endpoint(name, host.port(), true, "/wsman", Scheme.NTLM, false, List.of(), ca, true)
                    .with(Access.DEFAULT.with(proxy.address()));
            if (fits) {
                assertThat(Client.run(endpoint).exitCode()).isZero();
            } else {
                RemotingFailure failure = Client.failure(endpoint);
                assertThat(failure.message()).contains("it is not for the name " + name, "names " + inCertificate);
                assertThat(failure.advice()).contains("(" + inCertificate + ")");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"})
    void saysThatTheProxyRefuses(String status) throws Exception {
        try (TestProxy proxy = new TestProxy(status)) {
            RemotingFailure failure =
                    Client.failure(endpoint(5985, false, Scheme.NTLM, Access.DEFAULT.with(proxy.address())));

            assertThat(failure).isInstanceOf(ProxyFailed.class);
            assertThat(failure.message()).contains(proxy.address().toString(), "HTTP " + status.substring(0, 3));
        }
    }

    @Test
    void saysThatNoProxyIsThere() throws Exception {
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Access.Proxy silent = new Access.Proxy("127.0.0.1", bound.getLocalPort());
            RemotingFailure failure = Client.failure(endpoint(5985, false, Scheme.NTLM, Access.DEFAULT.with(silent)));

            assertThat(failure).isInstanceOf(ProxyFailed.class);
            assertThat(failure.message()).contains(silent.toString(), "refuses connections");
        }
    }

    @Test
    void saysThatTheProxyBreaksOff() throws Exception {
        try (TestProxy proxy = new TestProxy("")) {
            RemotingFailure failure =
                    Client.failure(endpoint(5985, false, Scheme.NTLM, Access.DEFAULT.with(proxy.address())));

            assertThat(failure).isInstanceOf(ProxyFailed.class);
            assertThat(failure.message()).contains(proxy.address().toString(), "breaks the connection off");
        }
    }

    @Test
    void takesNoTunnelFromAProxyWhoseAnswerHasNoEnd() throws Exception {
        try (TestProxy proxy = new TestProxy("200 Connection established\r\nX: " + "x".repeat(20_000))) {
            RemotingFailure failure =
                    Client.failure(endpoint(5985, false, Scheme.NTLM, Access.DEFAULT.with(proxy.address())));

            assertThat(failure).isInstanceOf(ProxyFailed.class);
            assertThat(failure.message()).contains(proxy.address().toString(), "has no end");
        }
    }

    @Test
    void speaksNoTlsBelowTheFloor() throws Exception {
        ServerSocketFactory old = protocols(sockets(false), "TLSv1.2");
        try (FakeHost host = new FakeHost(Scheme.NTLM, Simulated::reply, old)) {
            assertThat(Client.run(endpoint(host.port(), true, Scheme.NTLM, Access.DEFAULT))
                            .exitCode())
                    .isZero();
            assertThat(Client.failure(
                            endpoint(host.port(), true, Scheme.NTLM, Access.DEFAULT.withMinimumTls("TLSv1.3"))))
                    .isInstanceOf(TlsFailed.class)
                    .extracting(RemotingFailure::message)
                    .asString()
                    .contains("TLS 1.3 only");
        }
    }

    @Test
    void presentsItsCertificateToAServerThatAsksForOne() throws Exception {
        try (FakeHost host = new FakeHost(Scheme.CERTIFICATE, Simulated::reply, sockets(true))) {
            Endpoint endpoint = endpoint(host.port(), true, Scheme.CERTIFICATE, Access.DEFAULT);
            Logon logon = Logon.unlimited(Identity.of("", OPENER.clone(), new Proof.ClientCertificate(pkcs12())));
            try (Session session =
                    new WsmanRemoting(Client.SETTINGS).open(endpoint, logon, Deadline.after(Client.AMPLE))) {
                assertThat(session.run("1", Deadline.after(Client.AMPLE)).exitCode())
                        .isZero();
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAClientCertificate() throws Exception {
        Path garbage = Files.writeString(folder.resolve("garbage.p12"), "no keys");
        assertThat(certificateFailure(new Proof.ClientCertificate(garbage), OPENER))
                .contains("not a readable PKCS#12");
        assertThat(certificateFailure(new Proof.ClientCertificate(folder.resolve("gone.p12")), OPENER))
                .contains("no such file");
        assertThat(certificateFailure(new Proof.ClientCertificate(pkcs12()), "other".toCharArray()))
                .contains("password is another");
    }

    @Test
    void presentsNothingOverPlainHttpThatNeedsTls() throws Exception {
        try (FakeHost host = new FakeHost(Scheme.BASIC, Simulated::reply)) {
            assertThat(Client.failure(endpoint(host.port(), false, Scheme.BASIC, Access.DEFAULT)))
                    .isInstanceOf(BasicNeedsTls.class);
            assertThat(Client.failure(endpoint(host.port(), false, Scheme.CERTIFICATE, Access.DEFAULT)))
                    .isInstanceOf(CertificateNeedsTls.class);
            RemotingFailure both = Client.failure(
                    endpoint(host.port(), false, Scheme.NTLM, Access.DEFAULT.withFallbacks(List.of(Scheme.BASIC))));
            assertThat(both)
                    .isInstanceOfSatisfying(
                            NoSchemeWorked.class,
                            failed -> assertThat(failed.tried().getLast().failure())
                                    .isInstanceOf(BasicNeedsTls.class));
        }
    }

    @Test
    void saysThatACredentialDoesNotFit() throws Exception {
        try (FakeHost host = new FakeHost(Scheme.NTLM, Simulated::reply)) {
            Logon logon = Logon.unlimited(
                    Identity.of("asr-reader", new char[0], new Proof.Keytab(folder.resolve("x.keytab"))));
            RemotingFailure failure = Client.failure(() -> new WsmanRemoting(Client.SETTINGS)
                    .open(
                            endpoint(host.port(), false, Scheme.NTLM, Access.DEFAULT),
                            logon,
                            Deadline.after(Client.AMPLE)));

            assertThat(failure).isInstanceOf(CredentialDoesNotFit.class);
            assertThat(failure.message()).contains("NTLM", "a keytab");
        }
    }

    private String certificateFailure(Proof proof, char[] opener) throws Exception {
        try (FakeHost host = new FakeHost(Scheme.CERTIFICATE, Simulated::reply, sockets(true))) {
            Logon logon = Logon.unlimited(Identity.of("", opener.clone(), proof));
            RemotingFailure failure = Client.failure(() -> new WsmanRemoting(Client.SETTINGS)
                    .open(
                            endpoint(host.port(), true, Scheme.CERTIFICATE, Access.DEFAULT),
                            logon,
                            Deadline.after(Client.AMPLE)));
            assertThat(failure).isInstanceOf(ClientCertificateUnusable.class);
            return failure.message();
        }
    }

    private static Endpoint endpoint(int port, boolean tls, Scheme scheme, Access access) {
        return new Endpoint("127.0.0.1", port, tls, "/wsman", scheme, false, List.of(), null, false, access);
    }

    private Path pkcs12() throws Exception {
        Certificates.Issued client = certificates.issued("asr-reader.contoso.local", -1, 10);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", client.keys().getPrivate(), OPENER, new X509Certificate[] {client.certificate()});
        Path file = Files.createTempFile(folder, "client", ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, OPENER);
        }
        return file;
    }

    /** @param client a certificate of the same authority is demanded */
    private static ServerSocketFactory sockets(boolean client) throws Exception {
        Certificates.Issued server = certificates.issued("127.0.0.1", -1, 10);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "server", server.keys().getPrivate(), new char[0], new X509Certificate[] {server.certificate()});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificates.authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return changed(context.getServerSocketFactory(), socket -> socket.setNeedClientAuth(client));
    }

    private static ServerSocketFactory protocols(ServerSocketFactory sockets, String... versions) {
        return changed(sockets, socket -> socket.setEnabledProtocols(versions));
    }

    private interface Change {
        void to(SSLServerSocket socket);
    }

    private static ServerSocketFactory changed(ServerSocketFactory sockets, Change change) {
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                throw new IOException("not used");
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                throw new IOException("not used");
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                SSLServerSocket socket = (SSLServerSocket) sockets.createServerSocket(port, backlog, address);
                change.to(socket);
                return socket;
            }
        };
    }

    /** Answers each CONNECT alike, with nothing at all where there is no status, and opens the tunnel where the answer is 200. */
    private static final class TestProxy implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final String status;

        TestProxy(String status) throws IOException {
            this.status = status;
            Thread.startVirtualThread(() -> {
                while (!listener.isClosed()) {
                    try {
                        Socket client = listener.accept();
                        Thread.startVirtualThread(() -> serve(client));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
        }

        Access.Proxy address() {
            return new Access.Proxy("127.0.0.1", listener.getLocalPort());
        }

        private void serve(Socket client) {
            try (client) {
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) client.getInputStream().read());
                }
                String line = head.substring(0, head.indexOf("\r\n"));
                asked.add(line);
                if (status.isEmpty()) {
                    return;
                }
                client.getOutputStream().write(("HTTP/1.1 " + status + "\r\nVia: 1.1 test\r\n\r\n").getBytes(US_ASCII));
                if (!status.startsWith("200")) {
                    return;
                }
                int port = Integer.parseInt(line.replaceAll(".*:(\\d+) .*", "$1"));
                try (Socket server = new Socket("127.0.0.1", port)) {
                    Thread back = Thread.startVirtualThread(() -> pipe(server, client));
                    pipe(client, server);
                    back.join();
                }
            } catch (IOException | InterruptedException e) {
                // The client went away.
            }
        }

        private static void pipe(Socket from, Socket to) {
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                // One side ended the tunnel.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
