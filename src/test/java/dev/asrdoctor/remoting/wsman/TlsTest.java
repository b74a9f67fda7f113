package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Endpoint.Scheme;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.CaFileUnusable;
import dev.asrdoctor.remoting.RemotingFailure.TlsFailed;
import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted;
import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted.Rule;
import dev.asrdoctor.remoting.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static Certificates certificates;
    private static Path caFile;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws Exception {
        certificates = new Certificates();
        caFile = certificates.writeAuthority(folder);
    }

    @Test
    void trustsWhatThePrivateAuthoritySigned() throws Exception {
        try (FakeHost host = host(certificates.issued("127.0.0.1", -1, 10))) {
            assertThat(stdout(endpoint(host, List.of(), caFile, true))).isEqualTo("fine");
        }
    }

    @Test
    void trustsTheAuthoritiesThatWindowsTrustsUnlessTheInventoryNamesOthers(@TempDir Path folder) throws Exception {
        Path others = new Certificates().writeAuthority(folder);
        try (InputStream in = Files.newInputStream(caFile)) {
            StoreOfWindows.authority = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        Provider windows = new Provider("TestWindows", "1", "The store that only Windows has") {};
        windows.put("KeyStore.Windows-ROOT", StoreOfWindows.class.getName());
        Security.addProvider(windows);
        try (FakeHost host = host(certificates.issued("127.0.0.1", -1, 10))) {
            assertThat(stdout(endpoint(host, List.of(), null, true))).isEqualTo("fine");
            assertThat(Client.failure(endpoint(host, List.of(), others, true)))
                    .isInstanceOfSatisfying(
                            TlsUntrusted.class,
                            untrusted -> assertThat(untrusted.rule()).isEqualTo(Rule.UNKNOWN_ISSUER));
        } finally {
            Security.removeProvider(windows.getName());
        }
    }

    @Test
    void trustsAPinnedCertificateWhateverElseIsWrongWithIt() throws Exception {
        Certificates.Issued expired = certificates.issued("elsewhere.example", -10, -1);
        try (FakeHost host = host(expired)) {
            assertThat(stdout(endpoint(host, List.of("00".repeat(32), expired.fingerprint()), null, true)))
                    .isEqualTo("fine");
        }
    }

    @Test
    void trustsAnythingWhenToldNotToVerify() throws Exception {
        try (FakeHost host = host(certificates.selfSigned("elsewhere.example"))) {
            assertThat(stdout(endpoint(host, List.of(), null, false))).isEqualTo("fine");
        }
    }

    @Test
    void refusesASelfSignedCertificateAndShowsIt() throws Exception {
        refuses(certificates.selfSigned("127.0.0.1"), List.of(), null, Rule.SELF_SIGNED);
    }

    @Test
    void refusesACertificateOfAnUnknownAuthority() throws Exception {
        refuses(certificates.issued("127.0.0.1", -1, 10), List.of(), null, Rule.UNKNOWN_ISSUER);
    }

    @Test
    void refusesAnAuthorityOfTheSameNameWithAnotherKey(@TempDir Path folder) throws Exception {
        Path renewed = new Certificates().writeAuthority(folder);
        refuses(certificates.issued("127.0.0.1", -1, 10), List.of(), renewed, Rule.UNKNOWN_ISSUER);
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        refuses(certificates.issued("127.0.0.1", -10, -1), List.of(), caFile, Rule.EXPIRED);
    }

    @Test
    void refusesACertificateOfTomorrow() throws Exception {
        refuses(certificates.issued("127.0.0.1", 1, 10), List.of(), caFile, Rule.NOT_YET_VALID);
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        RemotingFailure failure =
                refuses(certificates.issued("ps02.example", -1, 10), List.of(), caFile, Rule.NAME_MISMATCH);

        assertThat(failure.message()).contains("127.0.0.1");
    }

    @Test
    void refusesACertificateThatIsNotThePinnedOne() throws Exception {
        RemotingFailure failure =
                refuses(certificates.issued("127.0.0.1", -1, 10), List.of("ab".repeat(32)), caFile, Rule.PIN_MISMATCH);

        assertThat(failure.advice()).contains("find out who answers");
    }

    @Test
    void saysWhatIsWrongWithACaFile(@TempDir Path folder) throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\n!!\n");
        try (FakeHost host = host(certificates.issued("127.0.0.1", -1, 10))) {
            for (Path file : List.of(folder.resolve("missing.pem"), empty, garbage, folder)) {
                assertThat(Client.failure(endpoint(host, List.of(), file, true)))
                        .isInstanceOf(CaFileUnusable.class)
                        .extracting(RemotingFailure::message)
                        .asString()
                        .contains(file.toString());
            }
        }
    }

    @Test
    void saysThatTheHandshakeWasBrokenOff() throws IOException {
        try (Peer peer = new Peer(socket -> socket.getInputStream().read(new byte[512]))) {
            assertThat(Client.failure(peer.tls())).isInstanceOf(TlsFailed.class);
        }
    }

    @Test
    void sendsBasicInsideTls() throws Exception {
        try (FakeHost host = new FakeHost(
                Scheme.BASIC,
                Simulated::reply,
                certificates.issued("127.0.0.1", -1, 10).sockets())) {
            Endpoint endpoint = new Endpoint(
                    "127.0.0.1", host.port(), true, "/wsman", Scheme.BASIC, false, List.of(), caFile, true);
            try (Session session = Client.open(endpoint)) {
                assertThat(session.run("1", Deadline.after(Client.AMPLE)).exitCode())
                        .isZero();
            }
        }
    }

    private static RemotingFailure refuses(
            Certificates.Issued certificate, List<String> fingerprints, @Nullable Path authority, Rule rule)
            throws GeneralSecurityException, IOException {
        try (FakeHost host = host(certificate)) {
            RemotingFailure failure = Client.failure(endpoint(host, fingerprints, authority, true));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            TlsUntrusted.class,
                            untrusted -> assertThat(untrusted.rule()).isEqualTo(rule));
            assertThat(failure.message())
                    .contains(
                            certificate.fingerprint(),
                            certificate.certificate().getSubjectX500Principal().getName(),
                            certificate
                                    .certificate()
                                    .getNotAfter()
                                    .toInstant()
                                    .toString()
                                    .substring(0, 10));
            assertThat(failure.advice()).doesNotContain("verify");
            return failure;
        }
    }

    private static FakeHost host(Certificates.Issued certificate) throws GeneralSecurityException, IOException {
        return new FakeHost(
                Scheme.NTLM,
                (action, envelope) -> action.equals("Receive")
                        ? Simulated.done(envelope, "fine", 0)
                        : Simulated.reply(action, envelope),
                certificate.sockets());
    }

    private static Endpoint endpoint(
            FakeHost host, List<String> fingerprints, @Nullable Path authority, boolean verify) {
        return new Endpoint(
                "127.0.0.1", host.port(), true, "/wsman", Scheme.NTLM, false, fingerprints, authority, verify);
    }

    private static String stdout(Endpoint endpoint) throws Exception {
        return new String(Client.run(endpoint).stdout(), UTF_8);
    }
}
