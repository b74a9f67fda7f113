package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted.PresentedCertificate;
import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted.Rule;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges a server's certificate by pinned fingerprints alone, by chain, dates and host name, or not at all; and says which
 * rule a refused one broke.
 */
final class JudgingTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager chain;
    private final List<String> fingerprints;
    private final boolean verify;

    JudgingTrustManager(X509ExtendedTrustManager chain, List<String> fingerprints, boolean verify) {
        this.chain = chain;
        this.fingerprints = fingerprints;
        this.verify = verify;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType, Socket socket)
            throws CertificateException {
        judge(certificates, authType, () -> chain.checkServerTrusted(certificates, authType, socket));
    }

    /** The name is judged by whoever made the engine, where it says so to the engine. */
    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
            throws CertificateException {
        judge(certificates, authType, () -> chain.checkServerTrusted(certificates, authType, engine));
    }

    @FunctionalInterface
    private interface ChainCheck {
        void run() throws CertificateException;
    }

    private void judge(X509Certificate[] certificates, String authType, ChainCheck whole) throws CertificateException {
        X509Certificate leaf = certificates[0];
        if (!fingerprints.isEmpty()) {
            if (!fingerprints.contains(fingerprint(leaf))) {
                throw new UntrustedCertificateException(Rule.PIN_MISMATCH, describe(leaf));
            }
            return;
        }
        if (!verify) {
            return;
        }
        try {
            whole.run();
        } catch (CertificateException e) {
            throw new UntrustedCertificateException(brokenRule(certificates, authType), describe(leaf));
        }
    }

    private Rule brokenRule(X509Certificate[] certificates, String authType) {
        X509Certificate leaf = certificates[0];
        try {
            leaf.checkValidity();
            chain.checkServerTrusted(certificates, authType);
            return namesSomething(leaf) ? Rule.NAME_MISMATCH : Rule.NOT_ALLOWED;
        } catch (CertificateExpiredException e) {
            return Rule.EXPIRED;
        } catch (CertificateNotYetValidException e) {
            return Rule.NOT_YET_VALID;
        } catch (CertificateException e) {
            if (isMissingIssuer(e)) {
                return leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())
                        ? Rule.SELF_SIGNED
                        : Rule.UNKNOWN_ISSUER;
            }
            return Rule.NOT_ALLOWED;
        }
    }

    private static boolean namesSomething(X509Certificate leaf) {
        return !leaf.getSubjectX500Principal().getName().isEmpty() || leaf.getExtensionValue("2.5.29.17") != null;
    }

    /** An authority of the same name with another key, such as one that was renewed, is not the issuer either. */
    private static boolean isMissingIssuer(CertificateException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return true;
            }
            if (cause instanceof CertPathValidatorException invalid
                    && (invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR
                            || invalid.getReason() == BasicReason.INVALID_SIGNATURE)) {
                return true;
            }
        }
        return false;
    }

    private static PresentedCertificate describe(X509Certificate certificate) throws CertificateEncodingException {
        return new PresentedCertificate(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                fingerprint(certificate));
    }

    static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType) throws CertificateException {
        throw new CertificateException("only sockets are used");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chain.getAcceptedIssuers();
    }
}
