package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.PlainHttpOnTlsPort;
import dev.asrdoctor.remoting.RemotingFailure.TlsFailed;
import dev.asrdoctor.remoting.RemotingFailure.TlsFailed.Why;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** What broke TLS, by the alert of the other side (RFC 8446, 6.2) and by what Java objects to. */
final class TlsTrouble {
    private static final List<String> OLD_PROTOCOL =
            List.of("protocol_version", "selected protocol version", "no appropriate protocol");
    private static final List<String> NO_CERTIFICATE = List.of("certificate_required", "no_certificate");
    /** What servers say where they wanted another certificate, or just where nothing fits. */
    private static final List<String> PERHAPS_CERTIFICATE = List.of(
            "handshake_failure",
            "bad_certificate",
            "certificate_unknown",
            "unsupported_certificate",
            "unknown_ca",
            "access_denied");

    private static final List<String> NO_CIPHER = List.of(
            "handshake_failure", "insufficient_security", "cipher suite", "ciphersuite", "algorithm constraints");

    private TlsTrouble() {}

    /** @param wantedCertificate the server asked for a client certificate */
    static RemotingFailure of(Endpoint endpoint, IOException e, boolean wantedCertificate) {
        UntrustedCertificateException untrusted =
                ExceptionUtils.throwableOfType(e, UntrustedCertificateException.class);
        if (untrusted != null) {
            return untrusted.failure(endpoint.host());
        }
        String detail = String.valueOf(e.getMessage());
        if (e instanceof SSLException && detail.contains("Unsupported or unrecognized SSL message")) {
            return new PlainHttpOnTlsPort(endpoint.port());
        }
        // Java's reader of certificates throws an EOFException of its own.
        boolean unreadable = ExceptionUtils.indexOfType(e, CertificateException.class) >= 0;
        boolean broken = !unreadable
                && (ExceptionUtils.indexOfType(e, EOFException.class) >= 0
                        || ExceptionUtils.indexOfType(e, SocketException.class) >= 0);
        Why why = unreadable
                ? Why.UNREADABLE_CERTIFICATE
                : why(detail.toLowerCase(Locale.ROOT), broken, wantedCertificate);
        String told = broken
                ? "the server broke off the handshake"
                        + (wantedCertificate ? " after it had asked for a client certificate" : "")
                : Words.clean(detail);
        return new TlsFailed(
                told + (endpoint.access().minimumTls().equals("TLSv1.3") ? " (the inventory allows TLS 1.3 only)" : ""),
                why);
    }

    private static Why why(String detail, boolean broken, boolean wantedCertificate) {
        if (OLD_PROTOCOL.stream().anyMatch(detail::contains)) {
            return Why.OLD_PROTOCOL;
        }
        if (NO_CERTIFICATE.stream().anyMatch(detail::contains)
                || (wantedCertificate && (broken || PERHAPS_CERTIFICATE.stream().anyMatch(detail::contains)))) {
            return Why.CLIENT_CERTIFICATE;
        }
        if (broken) {
            return Why.BROKEN_OFF;
        }
        return NO_CIPHER.stream().anyMatch(detail::contains) ? Why.NO_COMMON_CIPHER : Why.OTHER;
    }
}
