package dev.asrdoctor.lab.wsman;

import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes the certificates of {@link LabCertificates}. */
final class CertificateMaker {
    private static final X500Name AUTHORITY = new X500Name("CN=asrdoctor lab authority");
    private static final Duration DAY = Duration.ofDays(1);

    private final SecureRandom random = new SecureRandom();
    private final Instant now;

    CertificateMaker(Instant now) {
        this.now = now;
    }

    X509Certificate authority(KeyPair keys) throws GeneralSecurityException {
        try {
            JcaX509v3CertificateBuilder builder =
                    builder(AUTHORITY, AUTHORITY, keys, now.minus(DAY), now.plus(Duration.ofDays(365)));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(builder, keys);
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    X509Certificate server(
            CertificateProfile profile,
            InetAddress address,
            KeyPair keys,
            KeyPair authorityKeys,
            X509Certificate authority)
            throws GeneralSecurityException {
        boolean selfSigned = profile == CertificateProfile.SELF_SIGNED;
        boolean expired = profile == CertificateProfile.EXPIRED;
        X500Name subject = profile == CertificateProfile.WRONG_NAME
                ? new X500Name("CN=other-host.example")
                : new X500Name("CN=" + address.getHostAddress());
        try {
            JcaX509v3CertificateBuilder builder = builder(
                    selfSigned
                            ? subject
                            : new X500Name(authority.getSubjectX500Principal().getName()),
                    subject,
                    keys,
                    expired ? now.minus(DAY.multipliedBy(90)) : now.minus(DAY),
                    expired ? now.minus(DAY) : now.plus(DAY.multipliedBy(90)));
            builder.addExtension(Extension.subjectAlternativeName, false, names(profile, address));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            return sign(builder, selfSigned ? keys : authorityKeys);
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static GeneralNames names(CertificateProfile profile, InetAddress address) {
        if (profile == CertificateProfile.WRONG_NAME) {
            return new GeneralNames(new GeneralName(GeneralName.dNSName, "other-host.example"));
        }
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.iPAddress, address.getHostAddress()),
            new GeneralName(GeneralName.dNSName, "localhost")
        });
    }

    private JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, Instant from, Instant until) {
        return new JcaX509v3CertificateBuilder(
                issuer, new BigInteger(120, random), Date.from(from), Date.from(until), subject, keys.getPublic());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair keys)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
