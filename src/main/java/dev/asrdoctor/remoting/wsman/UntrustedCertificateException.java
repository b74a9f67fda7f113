package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted;
import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted.PresentedCertificate;
import dev.asrdoctor.remoting.RemotingFailure.TlsUntrusted.Rule;
import java.security.cert.CertificateException;

/** Carries what was wrong with a certificate through the TLS machinery, which wraps it. */
final class UntrustedCertificateException extends CertificateException {
    private final Rule rule;
    private final transient PresentedCertificate certificate;

    UntrustedCertificateException(Rule rule, PresentedCertificate certificate) {
        super(rule.name());
        this.rule = rule;
        this.certificate = certificate;
    }

    TlsUntrusted failure(String host) {
        return new TlsUntrusted(rule, host, certificate);
    }
}
