package dev.asrdoctor.lab.wsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asrdoctor.lab.command.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabCertificatesTest {
    private static final LabCertificates CERTIFICATES = LabCertificates.create(Clock.systemUTC());
    private static final CommandRunner RUNNER = Given.echo();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void convincesAClientOnlyWhereItShould(CertificateProfile profile) throws Exception {
        Path pem = folder.resolve("authority.pem");
        CERTIFICATES.writeAuthority(pem);
        try (WinRmEndpoint endpoint =
                WinRmEndpoint.start(Given.host().with(Listening.https(CERTIFICATES, profile)), RUNNER)) {
            if (profile == CertificateProfile.TRUSTED) {
                shakeHands(endpoint, pem);
            } else {
                assertThatThrownBy(() -> shakeHands(endpoint, pem)).isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    @Test
    void namesTheAddressAnEndpointListensOn() throws Exception {
        Path pem = folder.resolve("authority.pem");
        CERTIFICATES.writeAuthority(pem);
        Listening elsewhere =
                Listening.https(CERTIFICATES, CertificateProfile.TRUSTED).at(InetAddress.getByName("127.0.7.9"), 0);
        try (WinRmEndpoint endpoint = WinRmEndpoint.start(Given.host().with(elsewhere), RUNNER)) {
            assertThat(endpoint.address().getAddress().getHostAddress()).isEqualTo("127.0.7.9");
            shakeHands(endpoint, pem);
        }
        assertThat(CERTIFICATES.fingerprint(CertificateProfile.TRUSTED, elsewhere.address()))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(CERTIFICATES.fingerprint(CertificateProfile.TRUSTED, Loopback.FIRST));
    }

    @Test
    void listensOnThisMachineOnly() throws Exception {
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
        assertThatThrownBy(() -> Listening.http().at(elsewhere, 0)).hasMessageContaining("stays on this machine");
    }

    private static void shakeHands(WinRmEndpoint endpoint, Path authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "lab",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(authority))));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(endpoint.address().getAddress().getHostAddress(), endpoint.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        } catch (IOException e) {
            throw e instanceof SSLHandshakeException ? e : new SSLHandshakeException(e.toString());
        }
    }
}
