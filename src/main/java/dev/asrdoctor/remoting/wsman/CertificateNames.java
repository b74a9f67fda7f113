package dev.asrdoctor.remoting.wsman;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SNIHostName;

/** The names in a certificate, and whether one is a server's where Java's own check does not take the server's name at all. */
final class CertificateNames {
    private static final int DNS = 2;

    private CertificateNames() {}

    /** Subject alternative names of every kind that has a text, made fit for a line. */
    static List<String> of(X509Certificate certificate) {
        return alternatives(certificate).stream()
                .map(name -> name.get(1))
                .filter(String.class::isInstance)
                .map(name -> Words.clean((String) name))
                .toList();
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** Java compares only names that may stand in SNI: no underscores, which Windows and its DNS allow. */
    static boolean javaLacks(String host) {
        try {
            return host.isEmpty() || new SNIHostName(host).getEncoded().length == 0;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** As RFC 9525 has it; the subject's CN counts where there is no alternative DNS name, as for Windows and Java. */
    static boolean areOf(X509Certificate certificate, String host) {
        List<String> names = alternatives(certificate).stream()
                .filter(name -> Integer.valueOf(DNS).equals(name.get(0)))
                .map(name -> String.valueOf(name.get(1)))
                .toList();
        return (names.isEmpty() ? commonNames(certificate) : names).stream().anyMatch(name -> matches(name, host));
    }

    private static boolean matches(String name, String host) {
        if (name.equalsIgnoreCase(host)) {
            return true;
        }
        int dot = host.indexOf('.');
        // A star stands for one whole label, and never for a name below a top-level domain.
        return name.startsWith("*.")
                && dot > 0
                && name.indexOf('.', 2) > 0
                && name.substring(1).equalsIgnoreCase(host.substring(dot));
    }

    private static List<String> commonNames(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }
}
