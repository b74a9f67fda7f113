package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;

/** The channel binding that stands for a server's certificate, {@code tls-server-end-point} (RFC 5929 section 4). */
final class TlsServerEndPoint {
    private static final byte[] PREFIX = "tls-server-end-point:".getBytes(US_ASCII);

    private TlsServerEndPoint() {}

    /**
     * The application data of the binding: prefix and hash of the certificate, by the hash of its signature, SHA-256 in
     * place of MD5 and SHA-1. Empty where the signature has no hash of its own (EdDSA), for which nothing is defined.
     */
    static Optional<byte[]> of(X509Certificate certificate) throws GeneralSecurityException {
        Optional<String> hash = hash(certificate);
        if (hash.isEmpty()) {
            return Optional.empty();
        }
        byte[] digest = MessageDigest.getInstance(hash.get()).digest(certificate.getEncoded());
        byte[] data = new byte[PREFIX.length + digest.length];
        System.arraycopy(PREFIX, 0, data, 0, PREFIX.length);
        System.arraycopy(digest, 0, data, PREFIX.length, digest.length);
        return Optional.of(data);
    }

    private static Optional<String> hash(X509Certificate certificate) throws GeneralSecurityException {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (signature.contains("PSS")) {
            byte[] encoded = certificate.getSigAlgParams();
            // Without parameters the hash is SHA-1 (RFC 4055 section 3.1).
            return Optional.of(encoded == null ? "SHA-256" : named(pssHash(encoded)));
        }
        int with = signature.indexOf("WITH");
        return with < 0 ? Optional.empty() : Optional.of(named(signature.substring(0, with)));
    }

    private static String pssHash(byte[] encoded) throws GeneralSecurityException {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(encoded);
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static String named(String hash) {
        return switch (hash.toUpperCase(Locale.ROOT)) {
            case "MD2", "MD5", "SHA1", "SHA-1" -> "SHA-256";
            case "SHA224" -> "SHA-224";
            case "SHA256" -> "SHA-256";
            case "SHA384" -> "SHA-384";
            case "SHA512" -> "SHA-512";
            default -> hash;
        };
    }
}
