package dev.asrdoctor.remoting;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is said of certificates and TLS. */
final class TlsWords {
    private TlsWords() {}

    static String message(RemotingFailure.OfTls failure) {
        return switch (failure) {
            case RemotingFailure.TlsUntrusted f ->
                "the server's certificate is not trusted: " + why(f) + " (subject "
                        + f.certificate().subject()
                        + ", names "
                        + (f.certificate().names().isEmpty()
                                ? "none"
                                : String.join(" ", f.certificate().names()))
                        + ", issuer "
                        + f.certificate().issuer() + ", valid "
                        + day(f.certificate().notBefore()) + " to "
                        + day(f.certificate().notAfter())
                        + ", SHA-256 " + f.certificate().sha256() + ")";
            case RemotingFailure.TlsFailed f -> "no TLS connection: " + f.detail();
            case RemotingFailure.CaFileUnusable f ->
                "the certificate authority file " + f.file() + " cannot be used: " + f.detail();
            case RemotingFailure.PlainHttpOnTlsPort f -> "port " + f.port() + " does not speak TLS";
            case RemotingFailure.TlsOnPlainPort f -> "port " + f.port() + " speaks TLS, not plain HTTP";
            case RemotingFailure.ClientCertificateUnusable f ->
                "the client certificate " + f.file() + " cannot be used: " + f.detail();
            case RemotingFailure.CertificateNeedsTls ignored ->
                "a client certificate cannot be presented over plain HTTP";
        };
    }

    static String advice(RemotingFailure.OfTls failure) {
        return switch (failure) {
            case RemotingFailure.TlsUntrusted f -> advice(f);
            case RemotingFailure.TlsFailed f -> advice(f);
            case RemotingFailure.CaFileUnusable ignored ->
                "Set tls 'caFile' in the inventory to a readable PEM file with one or more certificates (BEGIN CERTIFICATE).";
            case RemotingFailure.PlainHttpOnTlsPort ignored ->
                "The inventory says https, the port speaks something else, probably plain HTTP: set transport http (port 5985; NTLM"
                        + " encrypts its messages there too), or the port of the HTTPS listener (5986).";
            case RemotingFailure.TlsOnPlainPort ignored ->
                "Set transport https in the inventory, or the port of the HTTP listener (5985).";
            case RemotingFailure.ClientCertificateUnusable ignored ->
                "The credential's 'certificate' must be a readable PKCS#12 file (.p12, .pfx) with one private key and its certificate,"
                        + " and its password must be the file's own.";
            case RemotingFailure.CertificateNeedsTls ignored -> "Set transport https in the inventory (port 5986).";
        };
    }

    private static String advice(RemotingFailure.TlsUntrusted f) {
        return switch (f.rule()) {
            case EXPIRED, NOT_YET_VALID ->
                "Renew the certificate of the WinRM HTTPS listener (and check both clocks); until then " + pin();
            case SELF_SIGNED, UNKNOWN_ISSUER ->
                "Name your certificate authority in the inventory (tls 'caFile'), or " + pin();
            case NAME_MISMATCH ->
                onlyInCn(f)
                        ? "Make the certificate anew with the address as an IP address among its subject alternative names, or "
                                + pin()
                        : "Set 'address' to a name that the certificate bears"
                                + (f.certificate().names().isEmpty()
                                        ? ""
                                        : " ("
                                                + String.join(
                                                        ", ", f.certificate().names()) + ")")
                                + ", or " + pin();
            case PIN_MISMATCH ->
                "If the certificate was renewed on purpose, put the new fingerprint into the inventory; if not, find"
                        + " out who answers at this address before anything else.";
            case NOT_ALLOWED ->
                "Give the WinRM HTTPS listener a certificate with at least RSA 2048 and SHA-256 for server"
                        + " authentication, or " + pin();
        };
    }

    private static String why(RemotingFailure.TlsUntrusted f) {
        return switch (f.rule()) {
            case EXPIRED -> "it has expired";
            case NOT_YET_VALID -> "it is not valid yet";
            case SELF_SIGNED -> "it is self-signed";
            case UNKNOWN_ISSUER -> "its issuer is unknown here";
            case NAME_MISMATCH ->
                onlyInCn(f)
                        ? "it names the address " + f.host() + " in its CN alone, where an address does not count"
                        : "it is not for the name " + f.host();
            case PIN_MISMATCH -> "it is not one of the pinned ones";
            case NOT_ALLOWED -> "its key or signature is too weak, or it is not meant for servers";
        };
    }

    /** An address has to stand among the alternative names (RFC 9525, 4 and 7.2). */
    private static boolean onlyInCn(RemotingFailure.TlsUntrusted f) {
        return f.certificate().names().isEmpty() && f.certificate().subject().equalsIgnoreCase("CN=" + f.host());
    }

    private static String pin() {
        return "compare the fingerprint with the one on the server ('Get-ChildItem Cert:\\LocalMachine\\My') and pin it in the"
                + " inventory (tls 'fingerprints').";
    }

    private static String day(Instant instant) {
        return instant.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
    }

    private static String advice(RemotingFailure.TlsFailed f) {
        return switch (f.why()) {
            case OLD_PROTOCOL ->
                "The server speaks only TLS 1.0 or 1.1, which Java refuses, or not the version that the inventory demands: on 2012 R2"
                        + " enable TLS 1.2 (Schannel registry keys) and restart the server.";
            case NO_COMMON_CIPHER ->
                "The server and this Java have no way of encryption in common. Most often the server allows TLS_RSA suites alone, which"
                        + " Java has switched off since version 24: allow ECDHE suites there ('Get-TlsCipherSuite', policy 'SSL Cipher"
                        + " Suite Order').";
            case CLIENT_CERTIFICATE ->
                "The server asked for a client certificate and took none, or not this one: log on with authentication certificate, or"
                        + " switch the demand off for the port ('netsh http show sslcert': Negotiate Client Certificate).";
            case UNREADABLE_CERTIFICATE ->
                "The certificate of the HTTPS listener is damaged, or in a form that Java does not know. Give the listener another one"
                        + " with RSA 2048 or P-256 and SHA-256 ('winrm enumerate winrm/config/listener').";
            case BROKEN_OFF ->
                "Most often the listener's certificate is gone or its private key cannot be used ('netsh http show sslcert', System event"
                        + " log, source Schannel); a server without TLS 1.2 (2012 R2 with old settings) or a firewall in between can"
                        + " break it off too.";
            case OTHER ->
                "Look at the HTTPS listener ('winrm enumerate winrm/config/listener': a certificate with a private key) and at the System"
                        + " event log of the server, source Schannel; TLS 1.2 must be enabled there.";
        };
    }
}
