package dev.asrdoctor.remoting.wsman;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsServerEndPointTest {

    @ParameterizedTest(name = "{0} is hashed with {2}")
    @CsvSource({
        "MD5withRSA, RSA, SHA-256",
        "SHA1withRSA, RSA, SHA-256",
        "SHA256withRSA, RSA, SHA-256",
        "SHA384withRSA, RSA, SHA-384",
        "SHA512withRSA, RSA, SHA-512",
        "SHA1withRSAandMGF1, RSA, SHA-256",
        "SHA384withRSAandMGF1, RSA, SHA-384",
        "SHA512withRSAandMGF1, RSA, SHA-512",
        "SHA1withECDSA, EC, SHA-256",
        "SHA256withECDSA, EC, SHA-256",
        "SHA384withECDSA, EC, SHA-384",
        "SHA512withECDSA, EC, SHA-512",
    })
    void hashesTheCertificateAsItsSignatureDoesButNeverWeakly(String signature, String keys, String hash)
            throws Exception {
        X509Certificate certificate = selfSigned(signature, keys);

        byte[] data = TlsServerEndPoint.of(certificate).orElseThrow();

        byte[] prefix = "tls-server-end-point:".getBytes(US_ASCII);
        assertThat(Arrays.copyOf(data, prefix.length)).isEqualTo(prefix);
        assertThat(Arrays.copyOfRange(data, prefix.length, data.length))
                .isEqualTo(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }

    @Test
    void isUndefinedForASignatureWithoutAHash() throws Exception {
        assertThat(TlsServerEndPoint.of(selfSigned("Ed25519", "Ed25519"))).isEmpty();
    }

    private static X509Certificate selfSigned(String signature, String algorithm)
            throws GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("RSA")) {
            generator.initialize(2048);
        }
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=ps01.contoso.local");
        Instant now = Instant.now();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now),
                                Date.from(now.plusSeconds(3600)),
                                name,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder(signature)
                                .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider())
                                .build(keys.getPrivate())));
    }
}
