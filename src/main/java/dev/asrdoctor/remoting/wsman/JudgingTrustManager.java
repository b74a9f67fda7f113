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
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges a server's certificate by pinned fingerprints alone, by chain, dates and host name, or not at all; and says which
 * rule a refused one broke.
 */
final class JudgingTrustManager extends X509ExtendedTrustManager {
    private static final int LEAST_RSA = 2048;
    private static final int LEAST_EC = 224;

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
        judge(
                certificates,
                authType,
                ((SSLSocket) socket).getHandshakeSession().getPeerHost(),
                () -> chain.checkServerTrusted(certificates, authType, socket));
    }

    /** The name is judged by whoever made the engine, where it says so to the engine. */
    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
            throws CertificateException {
        boolean named = engine.getSSLParameters().getEndpointIdentificationAlgorithm() != null;
        judge(
                certificates,
                authType,
                named ? engine.getPeerHost() : null,
                () -> chain.checkServerTrusted(certificates, authType, engine));
    }

    @FunctionalInterface
    private interface ChainCheck {
        void run() throws CertificateException;
    }

    /** @param host null where the name does not matter */
    private void judge(X509Certificate[] certificates, String authType, @Nullable String host, ChainCheck whole)
            throws CertificateException {
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
            Rule broken = brokenRule(certificates, authType);
            boolean itsNameAfterAll = broken == Rule.NAME_MISMATCH
                    && host != null
                    && CertificateNames.javaLacks(host)
                    && CertificateNames.areOf(leaf, host);
            if (!itsNameAfterAll) {
                throw new UntrustedCertificateException(broken, describe(leaf));
            }
        }
        if (isWeak(certificates)) {
            throw new UntrustedCertificateException(Rule.NOT_ALLOWED, describe(leaf));
        }
    }

    /** Java is strict with the authorities that it brings along alone; whoever signs privately signs no worse. */
    private boolean isWeak(X509Certificate[] certificates) {
        return Arrays.stream(certificates)
                .filter(certificate ->
                        hasWeakKey(certificate) || (hasWeakSignature(certificate) && !isSelfSigned(certificate)))
                // What is trusted by itself needs no signature, and was chosen as it is; a server's own key is another
                // thing.
                .anyMatch(certificate -> hasWeakKey(certificates[0]) || !isTrustedByItself(certificate));
    }

    private boolean isTrustedByItself(X509Certificate certificate) {
        return Arrays.asList(chain.getAcceptedIssuers()).contains(certificate);
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private static boolean hasWeakSignature(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return algorithm.startsWith("SHA1") || algorithm.startsWith("MD");
    }

    private static boolean hasWeakKey(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAKey rsa -> rsa.getModulus().bitLength() < LEAST_RSA;
            case DSAKey dsa -> dsa.getParams() == null || dsa.getParams().getP().bitLength() < LEAST_RSA;
            case ECKey ec -> ec.getParams().getCurve().getField().getFieldSize() < LEAST_EC;
            default -> false;
        };
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
                fingerprint(certificate),
                CertificateNames.of(certificate));
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
