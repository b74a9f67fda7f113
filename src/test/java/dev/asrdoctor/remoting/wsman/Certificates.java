package dev.asrdoctor.remoting.wsman;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A private authority and what it, or nobody, signs. */
final class Certificates {
    private final KeyPair authorityKeys = keys();
    final X509Certificate authority;

    record Issued(X509Certificate certificate, KeyPair keys) {
        String fingerprint() throws GeneralSecurityException {
            return JudgingTrustManager.fingerprint(certificate);
        }

        ServerSocketFactory sockets() throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context.getServerSocketFactory();
        }
    }

    Certificates() throws GeneralSecurityException, IOException, OperatorException {
        authority = build("CN=Test Authority", "CN=Test Authority", authorityKeys, authorityKeys, 0, 365, null);
    }

    /** @param san DNS name or IPv4 address */
    Issued issued(String san, int fromDay, int toDay) throws GeneralSecurityException, IOException, OperatorException {
        KeyPair keys = keys();
        return new Issued(build("CN=" + san, "CN=Test Authority", keys, authorityKeys, fromDay, toDay, san), keys);
    }

    /** @param san null for a name in the CN alone */
    Issued issued(String cn, @Nullable String san, KeyPair keys, String algorithm)
            throws GeneralSecurityException, IOException, OperatorException {
        return new Issued(
                build("CN=" + cn, "CN=Test Authority", keys, authorityKeys, -1, 10, san, false, algorithm), keys);
    }

    Issued selfSigned(String san) throws GeneralSecurityException, IOException, OperatorException {
        KeyPair keys = keys();
        return new Issued(build("CN=" + san, "CN=" + san, keys, keys, -1, 10, san), keys);
    }

    Path writeAuthority(Path folder) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(authority);
        }
        return Files.writeString(folder.resolve("ca.pem"), text.toString());
    }

    private static X509Certificate build(
            String subject, String issuer, KeyPair keys, KeyPair signer, int fromDay, int toDay, @Nullable String san)
            throws GeneralSecurityException, IOException, OperatorException {
        return build(subject, issuer, keys, signer, fromDay, toDay, san, san == null, "SHA256withECDSA");
    }

    private static X509Certificate build(
            String subject,
            String issuer,
            KeyPair keys,
            KeyPair signer,
            int fromDay,
            int toDay,
            @Nullable String san,
            boolean authority,
            String algorithm)
            throws GeneralSecurityException, IOException, OperatorException {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.plus(fromDay, ChronoUnit.DAYS).minusSeconds(60)),
                Date.from(now.plus(toDay, ChronoUnit.DAYS)),
                new X500Name(subject),
                keys.getPublic());
        if (authority) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        } else if (san != null) {
            int type = san.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(type, san)));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate())));
    }

    static KeyPair rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
