package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.Identity;
import dev.asrdoctor.remoting.Identity.Proof.ClientCertificate;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.CaFileUnusable;
import dev.asrdoctor.remoting.RemotingFailure.ClientCertificateUnusable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
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
    private final CertificateRequests requests = new CertificateRequests();

    private record Key(
            List<String> fingerprints,
            @Nullable Path caFile,
            boolean verify,
            @Nullable Identity client) {}

    /** @param client whose certificate is presented where the server asks for one, null for none */
    SSLSocketFactory factory(Endpoint endpoint, @Nullable Identity client) throws RemotingException {
        return context(endpoint, client).getSocketFactory();
    }

    SSLContext context(Endpoint endpoint, @Nullable Identity client) throws RemotingException {
        Key key = new Key(
                endpoint.fingerprints(),
                endpoint.caFile(),
                endpoint.verifyCertificate(),
                client != null && client.proof() instanceof ClientCertificate ? client : null);
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

    /** The server asked for a client certificate. */
    boolean wantedCertificate(Socket socket) {
        return requests.cameOver(socket);
    }

    private SSLContext create(Key key) throws RemotingException {
        try {
            X509ExtendedTrustManager chain =
                    trusting(key.caFile() == null ? usualAuthorities() : authorities(key.caFile()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    requests.over(keys(key.client())),
                    new TrustManager[] {new JudgingTrustManager(chain, key.fingerprints(), key.verify())},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot set up TLS", e);
        }
    }

    private static X509ExtendedTrustManager trusting(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        return (X509ExtendedTrustManager) trust.getTrustManagers()[0];
    }

    /**
     * Those that Java knows and, on Windows, those that Windows does: a domain's own authority is there. Null for Java's
     * alone.
     */
    private static @Nullable KeyStore usualAuthorities() throws GeneralSecurityException {
        List<Certificate> windows = authoritiesOfWindows();
        if (windows.isEmpty()) {
            return null;
        }
        List<Certificate> all = new ArrayList<>(List.of(trusting(null).getAcceptedIssuers()));
        all.addAll(windows);
        try {
            return store(all);
        } catch (IOException e) {
            throw new IllegalStateException("a store in memory cannot be made", e);
        }
    }

    private static List<Certificate> authoritiesOfWindows() {
        List<Certificate> found = new ArrayList<>();
        try {
            KeyStore store = KeyStore.getInstance("Windows-ROOT");
            store.load(null, null);
            for (String alias : Collections.list(store.aliases())) {
                Certificate certificate = store.getCertificate(alias);
                if (certificate != null) {
                    found.add(certificate);
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            // No Windows, or it does not let this account see them: then Java's count alone.
            return List.of();
        }
        return found;
    }

    private static KeyStore store(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        return store;
    }

    private static KeyManager @Nullable [] keys(@Nullable Identity client)
            throws RemotingException, GeneralSecurityException {
        if (client == null || !(client.proof() instanceof ClientCertificate certificate)) {
            return null;
        }
        String file = certificate.file().toString();
        try (InputStream in = Files.newInputStream(certificate.file())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, client.password());
            if (Collections.list(store.aliases()).stream().noneMatch(alias -> isKey(store, alias))) {
                throw new RemotingException(new ClientCertificateUnusable(file, "it holds no private key"));
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, client.password());
            return managers.getKeyManagers();
        } catch (UnrecoverableKeyException e) {
            throw new RemotingException(
                    new ClientCertificateUnusable(file, "its key has another password than the file"), e);
        } catch (NoSuchFileException e) {
            throw new RemotingException(new ClientCertificateUnusable(file, "there is no such file"), e);
        } catch (IOException e) {
            throw new RemotingException(
                    new ClientCertificateUnusable(
                            file,
                            e.getCause() instanceof UnrecoverableKeyException
                                    ? "its password is another"
                                    : "it is not a readable PKCS#12 file"),
                    e);
        }
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (KeyStoreException e) {
            return false;
        }
    }

    private static KeyStore authorities(Path file) throws RemotingException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new RemotingException(new CaFileUnusable(file.toString(), "it holds no certificate"));
            }
            return store(certificates);
        } catch (NoSuchFileException e) {
            throw new RemotingException(new CaFileUnusable(file.toString(), "there is no such file"), e);
        } catch (CertificateException e) {
            throw new RemotingException(new CaFileUnusable(file.toString(), "it is not a PEM file of certificates"), e);
        } catch (IOException e) {
            throw new RemotingException(new CaFileUnusable(file.toString(), "it cannot be read"), e);
        }
    }
}
