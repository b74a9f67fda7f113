package dev.asrdoctor.lab.wsman;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of the lab's own and the certificates of its endpoints, made when first asked for and shared by
 * all endpoints of one profile and address. Nothing is stored.
 */
public final class LabCertificates {
    private final CertificateMaker maker;
    private final KeyPair authorityKeys;
    private final KeyPair serverKeys;
    private final X509Certificate authority;
    private final Map<Subject, Shown> shown = new ConcurrentHashMap<>();

    private record Subject(CertificateProfile profile, InetAddress address) {}

    /** @param channelBinding application data, {@code tls-server-end-point:} and the certificate's SHA-256 */
    record Shown(X509Certificate certificate, SSLContext context, byte[] channelBinding) {}

    private LabCertificates(Clock clock) throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        authorityKeys = keys.generateKeyPair();
        serverKeys = keys.generateKeyPair();
        maker = new CertificateMaker(clock.instant());
        authority = maker.authority(authorityKeys);
    }

    /** Elliptic-curve keys (P-256), fresh on every call. */
    public static LabCertificates create(Clock clock) {
        try {
            return new LabCertificates(clock);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make certificates: " + e.getMessage(), e);
        }
    }

    /** The authority that signed every profile but the self-signed one. */
    public String authorityPem() {
        return pem(authority);
    }

    public void writeAuthority(Path file) {
        try {
            Files.writeString(file, authorityPem(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of the certificate, lower-case hex, as an endpoint on this address shows it. */
    public String fingerprint(CertificateProfile profile, InetAddress address) {
        try {
            byte[] encoded = shown(profile, address).certificate().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public X509Certificate certificate(CertificateProfile profile, InetAddress address) {
        return shown(profile, address).certificate();
    }

    Shown shown(CertificateProfile profile, InetAddress address) {
        return shown.computeIfAbsent(new Subject(profile, address), this::make);
    }

    private Shown make(Subject subject) {
        try {
            X509Certificate certificate =
                    maker.server(subject.profile(), subject.address(), serverKeys, authorityKeys, authority);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            byte[] prefix = "tls-server-end-point:".getBytes(StandardCharsets.US_ASCII);
            byte[] binding = Arrays.copyOf(prefix, prefix.length + hash.length);
            System.arraycopy(hash, 0, binding, prefix.length, hash.length);
            return new Shown(certificate, context(certificate, subject.profile()), binding);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certificate for " + subject + ": " + e.getMessage(), e);
        }
    }

    private SSLContext context(X509Certificate certificate, CertificateProfile profile)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        X509Certificate[] chain = profile == CertificateProfile.SELF_SIGNED
                ? new X509Certificate[] {certificate}
                : new X509Certificate[] {certificate, authority};
        store.setKeyEntry("server", serverKeys.getPrivate(), new char[0], chain);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
