package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Survey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Looks at a certificate without judging it, over a connection that is closed before anything is sent through it. */
final class CertificateView {
    private CertificateView() {}

    /** Null where no handshake comes about, whatever the reason. */
    static Survey.@Nullable Shown of(Endpoint endpoint, Duration patience) throws InterruptedException {
        int millis = (int) patience.toMillis();
        try (Socket raw = new Socket()) {
            raw.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millis);
            raw.setSoTimeout(millis);
            SSLSocket socket =
                    (SSLSocket) unjudged().getSocketFactory().createSocket(raw, endpoint.host(), endpoint.port(), true);
            socket.startHandshake();
            return shown(socket.getSession());
        } catch (IOException | GeneralSecurityException e) {
            Interruption.check();
            return null;
        }
    }

    private static SSLContext unjudged() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((java.security.KeyStore) null);
        X509ExtendedTrustManager chain = (X509ExtendedTrustManager) trust.getTrustManagers()[0];
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new JudgingTrustManager(chain, List.of(), false)}, null);
        return context;
    }

    private static Survey.@Nullable Shown shown(SSLSession session) throws IOException, GeneralSecurityException {
        return session.getPeerCertificates()[0] instanceof X509Certificate leaf
                ? new Survey.Shown(
                        session.getProtocol(),
                        session.getCipherSuite(),
                        Words.clean(leaf.getSubjectX500Principal().getName()),
                        CertificateNames.of(leaf),
                        Words.clean(leaf.getIssuerX500Principal().getName()),
                        leaf.getNotBefore().toInstant(),
                        leaf.getNotAfter().toInstant(),
                        JudgingTrustManager.fingerprint(leaf))
                : null;
    }
}
