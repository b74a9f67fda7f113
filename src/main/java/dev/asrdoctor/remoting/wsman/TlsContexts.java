package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.CaFileUnusable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** One SSLContext for each way of judging certificates, since making one costs more than a whole check. */
final class TlsContexts {
    private final Map<Key, SSLContext> contexts = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private record Key(List<String> fingerprints, @Nullable Path caFile, boolean verify) {}

    SSLSocketFactory factory(Endpoint endpoint) throws RemotingException {
        return context(endpoint).getSocketFactory();
    }

    SSLContext context(Endpoint endpoint) throws RemotingException {
        Key key = new Key(endpoint.fingerprints(), endpoint.caFile(), endpoint.verifyCertificate());
        lock.lock();
        try {
            SSLContext context = contexts.get(key);
            if (context == null) {
                context = create(key);
                contexts.put(key, context);
            }
            return context;
        } finally {
            lock.unlock();
        }
    }

    private static SSLContext create(Key key) throws RemotingException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(key.caFile() == null ? null : authorities(key.caFile()));
            X509ExtendedTrustManager chain = (X509ExtendedTrustManager) trust.getTrustManagers()[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null, new TrustManager[] {new JudgingTrustManager(chain, key.fingerprints(), key.verify())}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot set up TLS", e);
        }
    }

    private static KeyStore authorities(Path file) throws RemotingException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new RemotingException(new CaFileUnusable(file.toString(), "it holds no certificate"));
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            return store;
        } catch (NoSuchFileException e) {
            throw new RemotingException(new CaFileUnusable(file.toString(), "there is no such file"), e);
        } catch (CertificateException e) {
            throw new RemotingException(new CaFileUnusable(file.toString(), "it is not a PEM file of certificates"), e);
        } catch (IOException e) {
            throw new RemotingException(new CaFileUnusable(file.toString(), "it cannot be read"), e);
        }
    }
}
