package dev.asrdoctor.remoting;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a server could not be asked: each kind with what happened and what to do next, in words for an administrator. */
public sealed interface RemotingFailure {

    /** How far the conversation had come. */
    enum Stage {
        NAME,
        TCP,
        TLS,
        HTTP,
        AUTHENTICATION,
        SHELL,
        SCRIPT,
        ANSWER;

        /** For the middle of a sentence: "while …". */
        String doing() {
            return switch (this) {
                case NAME -> "resolving the name";
                case TCP -> "connecting";
                case TLS -> "agreeing on TLS";
                case HTTP -> "waiting for the first HTTP answer";
                case AUTHENTICATION -> "logging on";
                case SHELL -> "opening the remote shell";
                case SCRIPT -> "running the script";
                case ANSWER -> "reading the script's answer";
            };
        }
    }

    Stage stage();

    /** One line: what failed. It never names the server; the report does. */
    String message();

    /** One or two sentences: the probable cause and the next action. */
    String advice();

    /** The kind as a word for machines, such as {@code logon-failed}. */
    default String kind() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    record NameNotResolved(String host) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.NAME;
        }

        @Override
        public String message() {
            return "the name " + host + " cannot be resolved";
        }

        @Override
        public String advice() {
            return "Check the spelling in the inventory, or set 'address' to a name or IP address that this machine's DNS knows.";
        }
    }

    record ConnectionRefused(int port) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.TCP;
        }

        @Override
        public String message() {
            return "port " + port + " refuses connections";
        }

        @Override
        public String advice() {
            return "The host is up, but WinRM is stopped or listens on another port (5985 HTTP, 5986 HTTPS). On the server run"
                    + " 'Get-Service WinRM' and 'winrm enumerate winrm/config/listener'; 'Enable-PSRemoting -Force' sets up a listener.";
        }
    }

    record ConnectTimedOut(int port, Duration waited) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.TCP;
        }

        @Override
        public String message() {
            return "no answer from port " + port + " within " + words(waited);
        }

        @Override
        public String advice() {
            return "The host is off, the address is wrong, or a firewall drops the port. Try 'Test-NetConnection NAME -Port "
                    + port
                    + "'; on the server check the rule with 'Get-NetFirewallRule -Name WINRM*' and that the network profile is not Public.";
        }
    }

    /** @param detail what the operating system said */
    record HostUnreachable(int port, String detail) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.TCP;
        }

        @Override
        public String message() {
            return "port " + port + " cannot be reached: " + detail;
        }

        @Override
        public String advice() {
            return "There is no network path from this machine to the server. Check the address in the inventory, the route, the VPN and"
                    + " the firewalls in between.";
        }
    }

    /**
     * @param answerBytes how much of the answer in progress had arrived
     * @param tls it was inside of TLS
     */
    record ConnectionCut(Stage stage, long answerBytes, boolean tls) implements RemotingFailure {
        public ConnectionCut(Stage stage, long answerBytes) {
            this(stage, answerBytes, false);
        }

        @Override
        public String message() {
            return "the connection was cut while " + stage.doing()
                    + (answerBytes == 0
                            ? ", before an answer came"
                            : ", after " + answerBytes + " bytes of the answer");
        }

        @Override
        public String advice() {
            if (tls && (stage == Stage.HTTP || stage == Stage.AUTHENTICATION)) {
                return "TLS came about, and then the server hung up without an answer: it may want a client certificate ('netsh http"
                        + " show sslcert' tells: Negotiate Client Certificate), the port may belong to another program, or a firewall or"
                        + " proxy in between cuts the connection.";
            }
            return stage == Stage.HTTP || stage == Stage.AUTHENTICATION
                    ? "Probably the port speaks TLS while the inventory says http (5986 is HTTPS), or a firewall or proxy interferes."
                            + " Check 'winrm enumerate winrm/config/listener' on the server."
                    : "WinRM or the server restarted, or something in the network dropped the connection. Check the System event log of"
                            + " the server around this time, then run the check again.";
        }
    }

    record TlsUntrusted(Rule rule, String host, PresentedCertificate certificate) implements RemotingFailure {
        public enum Rule {
            EXPIRED,
            NOT_YET_VALID,
            SELF_SIGNED,
            UNKNOWN_ISSUER,
            NAME_MISMATCH,
            PIN_MISMATCH,
            NOT_ALLOWED
        }

        /**
         * @param sha256 fingerprint, 64 lower-case hex digits
         * @param names subject alternative names, without their kinds
         */
        public record PresentedCertificate(
                String subject, String issuer, Instant notBefore, Instant notAfter, String sha256, List<String> names) {
            public PresentedCertificate {
                names = List.copyOf(names);
            }
        }

        @Override
        public Stage stage() {
            return Stage.TLS;
        }

        @Override
        public String message() {
            return "the server's certificate is not trusted: " + why() + " (subject " + certificate.subject()
                    + ", names "
                    + (certificate.names().isEmpty() ? "none" : String.join(" ", certificate.names()))
                    + ", issuer "
                    + certificate.issuer() + ", valid " + day(certificate.notBefore()) + " to "
                    + day(certificate.notAfter())
                    + ", SHA-256 " + certificate.sha256() + ")";
        }

        private String why() {
            return switch (rule) {
                case EXPIRED -> "it has expired";
                case NOT_YET_VALID -> "it is not valid yet";
                case SELF_SIGNED -> "it is self-signed";
                case UNKNOWN_ISSUER -> "its issuer is unknown here";
                case NAME_MISMATCH ->
                    onlyInCn()
                            ? "it names the address " + host + " in its CN alone, where an address does not count"
                            : "it is not for the name " + host;
                case PIN_MISMATCH -> "it is not one of the pinned ones";
                case NOT_ALLOWED -> "its key or signature is too weak, or it is not meant for servers";
            };
        }

        /** An address has to stand among the alternative names (RFC 9525, 4 and 7.2). */
        private boolean onlyInCn() {
            return certificate.names().isEmpty() && certificate.subject().equalsIgnoreCase("CN=" + host);
        }

        @Override
        public String advice() {
            return switch (rule) {
                case EXPIRED, NOT_YET_VALID ->
                    "Renew the certificate of the WinRM HTTPS listener (and check both clocks); until then " + pin();
                case SELF_SIGNED, UNKNOWN_ISSUER ->
                    "Name your certificate authority in the inventory (tls 'caFile'), or " + pin();
                case NAME_MISMATCH ->
                    onlyInCn()
                            ? "Make the certificate anew with the address as an IP address among its subject alternative names, or "
                                    + pin()
                            : "Set 'address' to a name that the certificate bears"
                                    + (certificate.names().isEmpty()
                                            ? ""
                                            : " (" + String.join(", ", certificate.names()) + ")")
                                    + ", or " + pin();
                case PIN_MISMATCH ->
                    "If the certificate was renewed on purpose, put the new fingerprint into the inventory; if not, find"
                            + " out who answers at this address before anything else.";
                case NOT_ALLOWED ->
                    "Give the WinRM HTTPS listener a certificate with at least RSA 2048 and SHA-256 for server"
                            + " authentication, or " + pin();
            };
        }

        private static String pin() {
            return "compare the fingerprint with the one on the server ('Get-ChildItem Cert:\\LocalMachine\\My') and pin it in the"
                    + " inventory (tls 'fingerprints').";
        }

        private static String day(Instant instant) {
            return instant.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
        }
    }

    /** No secure connection came about for a reason other than that the certificate is not trusted. */
    record TlsFailed(String detail, Why why) implements RemotingFailure {
        /** As far as TLS tells. */
        public enum Why {
            OLD_PROTOCOL,
            NO_COMMON_CIPHER,
            CLIENT_CERTIFICATE,
            UNREADABLE_CERTIFICATE,
            BROKEN_OFF,
            OTHER
        }

        @Override
        public Stage stage() {
            return Stage.TLS;
        }

        @Override
        public String message() {
            return "no TLS connection: " + detail;
        }

        @Override
        public String advice() {
            return switch (why) {
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

    record CaFileUnusable(String file, String detail) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.TLS;
        }

        @Override
        public String message() {
            return "the certificate authority file " + file + " cannot be used: " + detail;
        }

        @Override
        public String advice() {
            return "Set tls 'caFile' in the inventory to a readable PEM file with one or more certificates (BEGIN CERTIFICATE).";
        }
    }

    record PlainHttpOnTlsPort(int port) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.TLS;
        }

        @Override
        public String message() {
            return "port " + port + " does not speak TLS";
        }

        @Override
        public String advice() {
            return "The inventory says https, the port speaks something else, probably plain HTTP: set transport http (port 5985; NTLM"
                    + " encrypts its messages there too), or the port of the HTTPS listener (5986).";
        }
    }

    record TlsOnPlainPort(int port) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.HTTP;
        }

        @Override
        public String message() {
            return "port " + port + " speaks TLS, not plain HTTP";
        }

        @Override
        public String advice() {
            return "Set transport https in the inventory, or the port of the HTTP listener (5985).";
        }
    }

    /**
     * HTTP says no before WinRM has a say, with a status that tells why.
     *
     * @param detail the page's own heading, or the header that matters
     */
    record HttpRefused(Stage stage, int status, @Nullable String server, String detail) implements RemotingFailure {
        @Override
        public String message() {
            return HttpRefusals.message(this);
        }

        @Override
        public String advice() {
            return HttpRefusals.advice(this);
        }
    }

    /**
     * The connection that a logon belongs to was not kept.
     *
     * @param forgotten it lasts, but the server does not know the logon any more; what it was asked then, it has not done
     */
    record LogonNotKept(Stage stage, String scheme, boolean forgotten) implements RemotingFailure {
        public LogonNotKept(Stage stage, String scheme) {
            this(stage, scheme, false);
        }

        @Override
        public String message() {
            return (forgotten
                            ? "the server has forgotten the " + scheme + " logon of this connection while "
                            : "the connection that the " + scheme
                                    + " logon belongs to was ended by the other side while ")
                    + stage.doing();
        }

        @Override
        public String advice() {
            return "Unless WinRM was restarted just then, something in between (a proxy, a load balancer, a firewall that inspects) closes"
                    + " or changes the connection after each answer, and " + scheme
                    + " needs the same one throughout. Connect directly,"
                    + " by the server's own name or address and without the proxy.";
        }
    }

    /** An HTTP server that is not WinRM, or stands before it. */
    record NotWinRm(
            Stage stage,
            int status,
            @Nullable String server,
            @Nullable String contentType,
            String heading) implements RemotingFailure {
        public NotWinRm(Stage stage, int status, @Nullable String server, @Nullable String contentType) {
            this(stage, status, server, contentType, "");
        }

        @Override
        public String message() {
            return "the answer is not from WinRM: HTTP " + status + (heading.isEmpty() ? "" : " (" + heading + ")")
                    + (server == null ? "" : ", Server: " + server)
                    + (contentType == null ? "" : ", Content-Type: " + contentType);
        }

        /** The same where it is known that WinRM answers at this port. */
        public RemotingFailure ofWinRm() {
            return status < 300 ? this : new HttpRefused(stage, status, server, heading);
        }

        @Override
        public String advice() {
            return "Another web server or a proxy listens at this address and port. Check port and path in the inventory (5985 or 5986,"
                    + " /wsman) and what 'winrm enumerate winrm/config/listener' says on the server.";
        }
    }

    record EndpointNotFound(int status, String path) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.HTTP;
        }

        @Override
        public String message() {
            return "no WinRM at the path " + path + " (HTTP " + status + ")";
        }

        @Override
        public String advice() {
            return "The port belongs to another web server, or the listener has another URL prefix: compare port and path with 'winrm"
                    + " enumerate winrm/config/listener' on the server (normally 5985 and /wsman).";
        }
    }

    record HttpForbidden(@Nullable String server) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.HTTP;
        }

        @Override
        public String message() {
            return "access forbidden (HTTP 403" + (server == null ? "" : ", Server: " + server) + ")";
        }

        @Override
        public String advice() {
            return "A proxy is in the way, the address filter of WinRM leaves this machine out (policy 'Allow remote server management"
                    + " through WinRM', IPv4Filter), or the listener demands a client certificate.";
        }
    }

    record ServiceUnavailable(Stage stage) implements RemotingFailure {
        @Override
        public String message() {
            return "the WinRM service is not available now (HTTP 503)";
        }

        @Override
        public String advice() {
            return "WinRM is starting, stopping or overloaded. Try again in a minute; if it stays, run 'Restart-Service WinRM' on the"
                    + " server.";
        }
    }

    record SchemeNotOffered(String wanted, List<String> offered) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATION;
        }

        @Override
        public String message() {
            if (offersNtlmByName()) {
                return "the server offers NTLM under a name of its own, which WinRM never does; it offers "
                        + String.join(", ", offered);
            }
            return (takesNoNtlm()
                            ? "the server offers Negotiate but takes no NTLM in it"
                            : "the server does not offer " + wanted + " logons")
                    + "; it offers "
                    + (offered.isEmpty() ? "none" : String.join(", ", offered));
        }

        private boolean offersNtlmByName() {
            return wanted.equals("NTLM") && !takesNoNtlm() && offered.stream().anyMatch("NTLM"::equalsIgnoreCase);
        }

        /** NTLM is a part of Negotiate: who offers that and answers NTLM without a challenge has it forbidden. */
        public boolean takesNoNtlm() {
            return wanted.equals("NTLM") && offered.stream().anyMatch("Negotiate"::equalsIgnoreCase);
        }

        @Override
        public String advice() {
            if (offersNtlmByName()) {
                return "Another web server or a proxy answers (WinRM has NTLM inside of Negotiate alone). Check port and path in the"
                        + " inventory, and connect directly.";
            }
            if (takesNoNtlm()) {
                return "NTLM is probably forbidden there: policy 'Network security: Restrict NTLM: Incoming NTLM traffic' on the server, or"
                        + " 'NTLM authentication in this domain'. Use authentication kerberos with the server's name; or a proxy in"
                        + " between drops the header, then connect directly.";
            }
            String setting = switch (wanted) {
                case "Basic", "Kerberos" -> wanted;
                case "client certificate" -> "Certificate";
                default -> "Negotiate";
            };
            return "Choose an authentication in the inventory that is offered, or switch this one on at the server: 'Set-Item"
                    + " WSMan:\\localhost\\Service\\Auth\\" + setting + " $true'"
                    + (!wanted.equals("NTLM") ? "." : ", and check the policies 'Network security: Restrict NTLM'.");
        }
    }

    /** @param clockSkew how far the server's clock is ahead, where that is more than five minutes either way */
    record LogonFailed(String account, String scheme, boolean tls, Optional<Duration> clockSkew)
            implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATION;
        }

        @Override
        public String message() {
            return "the server refuses the logon" + (account.isEmpty() ? "" : " of " + account) + " (" + scheme
                    + "); it was tried once";
        }

        @Override
        public String advice() {
            String clock = clockSkew
                    .map(skew ->
                            "the server's clock is " + words(skew.abs()) + (skew.isNegative() ? " behind" : " ahead"))
                    .orElse("the clocks differ");
            if (scheme.equals("Kerberos")) {
                return "The domain gave a ticket and the server does not take it. Most likely first: "
                        + (tls
                                ? "CbtHardeningLevel is Strict and the logon was not bound to this TLS connection; "
                                : "")
                        + clock
                        + "; the name has a wrong or duplicate SPN ('setspn -X'); Kerberos is off for the service"
                        + " (WSMan:\\localhost\\Service\\Auth\\Kerberos); the account may not log on from the network ('Deny access to"
                        + " this computer from the network').";
            }
            if (scheme.equals("client certificate")) {
                return "No account is mapped to this certificate, or the mapped account's password has changed: 'Get-ChildItem"
                        + " WSMan:\\localhost\\ClientCertificate' on the server must list its issuer and subject (the UPN in its subject"
                        + " alternative name), and the issuer must be trusted there.";
            }
            if (scheme.equals("Basic")) {
                return "Most likely first: wrong user or password; the account is disabled, locked or expired; it is a domain account"
                        + " (Basic knows only local ones); Basic is off for this listener; " + clock + ".";
            }
            return "Most likely first: wrong user or password; the account is disabled, locked or expired (a local administrator other than"
                    + " the built-in one also needs LocalAccountTokenFilterPolicy=1, which makes one stolen local password open every server that has"
                    + " the same: prefer a domain account); NTLM is restricted by policy; "
                    + (tls ? "CbtHardeningLevel is Strict on the server; " : "")
                    + clock + ", or the name has a wrong SPN.";
        }
    }

    /**
     * Kerberos did not come about, here or at the domain.
     *
     * @param service the service principal name, empty where it did not come so far
     * @param detail Kerberos' own words
     * @param clockSkew how far the server's clock is ahead, where that is more than five minutes either way
     * @param repeated nothing was asked this time, because the answer is known
     */
    record KerberosFailed(
            String account,
            String service,
            KerberosTrouble trouble,
            String detail,
            Optional<Duration> clockSkew,
            boolean repeated)
            implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATION;
        }

        @Override
        public String message() {
            return "no Kerberos logon of " + (account.isEmpty() ? "the owner of the tickets" : account)
                    + (service.isEmpty() ? "" : " to " + service)
                    + ": " + trouble.words() + (detail.isEmpty() ? "" : " [" + detail + "]")
                    + (repeated ? "; known from another server, not tried again" : "");
        }

        @Override
        public String advice() {
            return clockSkew
                            .map(skew -> "The server's clock is " + words(skew.abs())
                                    + (skew.isNegative() ? " behind" : " ahead of") + " this machine's. ")
                            .orElse("")
                    + trouble.advice();
        }
    }

    /**
     * None of the schemes that the inventory allows worked.
     *
     * @param tried at least two, in order
     */
    record NoSchemeWorked(List<Tried> tried) implements RemotingFailure {
        /** @param scheme as people call it */
        public record Tried(String scheme, RemotingFailure failure) {}

        public NoSchemeWorked {
            tried = List.copyOf(tried);
        }

        @Override
        public Stage stage() {
            return tried.getLast().failure().stage();
        }

        @Override
        public String message() {
            return "no allowed logon works: "
                    + tried.stream()
                            .map(each ->
                                    "(" + each.scheme() + ") " + each.failure().message())
                            .collect(Collectors.joining("; "));
        }

        @Override
        public String advice() {
            return tried.stream()
                    .map(each -> each.scheme() + ": " + each.failure().advice())
                    .collect(Collectors.joining(" "));
        }
    }

    /** The PKCS#12 file cannot be used. */
    record ClientCertificateUnusable(String file, String detail) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.TLS;
        }

        @Override
        public String message() {
            return "the client certificate " + file + " cannot be used: " + detail;
        }

        @Override
        public String advice() {
            return "The credential's 'certificate' must be a readable PKCS#12 file (.p12, .pfx) with one private key and its certificate,"
                    + " and its password must be the file's own.";
        }
    }

    /** A client certificate needs TLS. */
    record CertificateNeedsTls() implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATION;
        }

        @Override
        public String message() {
            return "a client certificate cannot be presented over plain HTTP";
        }

        @Override
        public String advice() {
            return "Set transport https in the inventory (port 5986).";
        }
    }

    /** A scheme needs another kind of credential. */
    record CredentialDoesNotFit(String scheme, String account, String has) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATION;
        }

        @Override
        public String message() {
            return scheme + " cannot log " + (account.isEmpty() ? "anybody" : account) + " on with " + has;
        }

        @Override
        public String advice() {
            return "Kerberos takes a password, a keytab or a ticket cache; NTLM and Basic take a password; authentication certificate takes"
                    + " a PKCS#12 file. Change 'authentication' or the credential in the inventory.";
        }
    }

    /** @param status of the proxy's answer, 0 where there was none */
    record ProxyFailed(String proxy, int status, String detail) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.TCP;
        }

        @Override
        public String message() {
            return "the proxy " + proxy + " opens no tunnel: " + (status == 0 ? detail : "HTTP " + status);
        }

        @Override
        public String advice() {
            return switch (status) {
                case 407 ->
                    "The proxy wants a logon, which asrdoctor does not give to proxies: allow this machine by address, or connect"
                            + " directly ('proxy: none').";
                case 403, 405 -> "The proxy must allow CONNECT to the WinRM ports 5985 and 5986; most allow 443 alone.";
                case 0 -> "Check 'proxy' in the inventory and that the proxy can be reached from this machine.";
                default ->
                    "The proxy cannot reach the server under this name and port; try from the proxy's own machine.";
            };
        }
    }

    /** The account was refused elsewhere so often in this run that it is not presented any more. */
    record LogonHeldBack(String credential, String account, List<String> refusedBy) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATION;
        }

        @Override
        public String message() {
            return "not tried: the credential '" + credential + "'" + (account.isEmpty() ? "" : " (" + account + ")")
                    + " was refused by " + String.join(", ", refusedBy);
        }

        @Override
        public String advice() {
            return "Correct the password where the inventory's credential '" + credential
                    + "' takes it from, and check on a domain controller that the account is not locked; then run again."
                    + " The run stopped using it so as not to lock it out.";
        }
    }

    /** Basic without TLS shows the password to everyone in between. */
    record BasicNeedsTls() implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATION;
        }

        @Override
        public String message() {
            return "Basic over plain HTTP would send the password readable over the network, so it was not sent";
        }

        @Override
        public String advice() {
            return "Use NTLM or transport https; for a closed test network set 'allowBasicOverHttp' in the inventory.";
        }
    }

    /** The server wants encrypted messages and got clear ones. */
    record ClearTextRefused(Stage stage) implements RemotingFailure {
        @Override
        public String message() {
            return "the server refuses messages that are not encrypted";
        }

        @Override
        public String advice() {
            return "Basic over HTTP works only with AllowUnencrypted, which is better left off: use NTLM over http (encrypts its messages)"
                    + " or transport https.";
        }
    }

    /** The logon went well, but this server does not encrypt messages over plain HTTP. */
    record SealingNotGranted(String scheme) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATION;
        }

        @Override
        public String message() {
            return "the server does not grant message encryption for " + scheme + ", so nothing was sent";
        }

        @Override
        public String advice() {
            return scheme.equals(Endpoint.Scheme.NTLM.words())
                    ? "Check the policy 'Network security: Minimum session security for NTLM SSP based servers' (require NTLMv2 and"
                            + " 128-bit), or use transport https."
                    : "Use transport https, or authentication ntlm.";
        }
    }

    record AccessDenied(Stage stage, String detail) implements RemotingFailure {
        @Override
        public String message() {
            return "access denied after a good logon" + (detail.isEmpty() ? "" : ": " + detail);
        }

        @Override
        public String advice() {
            return "The account must be a member of Administrators (or Remote Management Users with rights on the shell) of the server; a"
                    + " local administrator other than the built-in one needs LocalAccountTokenFilterPolicy=1, which makes one stolen"
                    + " local password open every server that has the same: prefer a domain account. Check 'winrm get"
                    + " winrm/config/service' (RootSDDL).";
        }
    }

    record QuotaExceeded(Stage stage, long code, String detail) implements RemotingFailure {
        @Override
        public String message() {
            return "a WinRM quota is used up (" + DescribedFault.label(code) + ")"
                    + (detail.isEmpty() ? "" : ": " + detail);
        }

        @Override
        public String advice() {
            return DescribedFault.adviceFor(code);
        }
    }

    record ShellGone(Stage stage, long code, String detail) implements RemotingFailure {
        @Override
        public String message() {
            return "the remote shell was gone while " + stage.doing() + (detail.isEmpty() ? "" : ": " + detail);
        }

        @Override
        public String advice() {
            return "The shell expired, WinRM was restarted, or a quota killed it, so the check did not finish. Look into 'Microsoft-Windows-"
                    + "WinRM/Operational' on the server, then run the check again. If it comes every time, the address may lead to"
                    + " several servers in turn (a load balancer, DNS).";
        }
    }

    /** @param code of the WSManFault, 0 where there was none */
    record RemoteFault(Stage stage, long code, String detail) implements RemotingFailure {
        @Override
        public String message() {
            return "the server answered with a fault while " + stage.doing()
                    + (code == 0 ? "" : " (" + DescribedFault.label(code) + ")")
                    + (detail.isEmpty() ? "" : ": " + detail);
        }

        @Override
        public String advice() {
            return DescribedFault.adviceFor(code);
        }
    }

    /** The time for this server was over. */
    record DeadlineExceeded(Stage stage, Duration waited) implements RemotingFailure {
        @Override
        public String message() {
            return "not finished within the time for one server (" + words(waited) + "), while " + stage.doing();
        }

        @Override
        public String advice() {
            return "The server is slow, overloaded or hangs. Look at its load, try again with a longer time per server, and restart WinRM"
                    + " ('Restart-Service WinRM') if it answers nobody.";
        }
    }

    /** The server was silent for longer than it may be, though there was still time. */
    record NoAnswer(Stage stage, Duration waited) implements RemotingFailure {
        @Override
        public String message() {
            return "no answer within " + words(waited) + " while " + stage.doing();
        }

        @Override
        public String advice() {
            return "Something accepts connections there and then says nothing: the WinRM service hangs ('Restart-Service WinRM'), or the port"
                    + " belongs to another program.";
        }
    }

    /** @param limitBytes of standard output and error together */
    record OutputTooLarge(long limitBytes) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.ANSWER;
        }

        @Override
        public String message() {
            return "the script wrote more than " + limitBytes / (1024 * 1024) + " MiB, so it was stopped";
        }

        @Override
        public String advice() {
            return "The answer is normally a few kilobytes. Something on the server writes into it, such as a PowerShell profile or a"
                    + " machine-wide transcript or AutoRun setting of cmd.exe.";
        }
    }

    record MalformedAnswer(Stage stage, String detail) implements RemotingFailure {
        @Override
        public String message() {
            return "an answer that cannot be understood while " + stage.doing() + ": " + detail;
        }

        @Override
        public String advice() {
            return "A proxy may change what WinRM says, or another program listens on the port. Try 'Test-WSMan' from a Windows machine"
                    + " and compare.";
        }
    }

    /**
     * A refusal that a library hides: the server answers as long as nobody logs on, and then not as it should.
     *
     * @param saw what came in place of an answer
     */
    record LogonUnclear(String account, String saw) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATION;
        }

        @Override
        public String message() {
            return saw + " to the logon of " + account
                    + ", though the server answers without one; WinRM4j shows a refused logon like this";
        }

        @Override
        public String advice() {
            return "Most likely wrong user or password, or the domain refuses the NTLMv1 that WinRM4j may fall back to"
                    + " (LmCompatibilityLevel 5). Set transport http or https for this server once: asrdoctor's own client tells"
                    + " which it is.";
        }
    }

    /**
     * What a transport cannot do.
     *
     * @param what for the end of the sentence: the transport cannot ...
     * @param advice one sentence
     */
    record NotWithTransport(String transport, String what, String advice) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.SHELL;
        }

        @Override
        public String message() {
            return "transport " + transport + " cannot do " + what;
        }
    }

    /** A server of the inventory that is another machine, with the transport for this one. */
    record NotThisMachine(String host) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.NAME;
        }

        @Override
        public String message() {
            return host + " is not an address of this machine, so nothing was run";
        }

        @Override
        public String advice() {
            return "Transport local runs on the machine that asrdoctor runs on, whatever the server is called. Set 'address: localhost'"
                    + " if this is the server, or transport https or http if it is another.";
        }
    }

    /** @param program as it was to be started */
    record LocalPowerShellMissing(String program, String detail) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.SHELL;
        }

        @Override
        public String message() {
            return "PowerShell cannot be started here as " + program + (detail.isEmpty() ? "" : ": " + detail);
        }

        @Override
        public String advice() {
            return "Set ASRDOCTOR_POWERSHELL to the program's path: powershell.exe on Windows, pwsh elsewhere.";
        }
    }

    /** @param detail what did not fit */
    record LocalShellLost(String detail) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.SCRIPT;
        }

        @Override
        public String message() {
            return "the PowerShell session on this machine was lost: " + detail;
        }

        @Override
        public String advice() {
            return "Something ended powershell.exe, or wrote into its output: look for an antivirus that blocks it, then run again."
                    + " Transport https or http to localhost does without this session.";
        }
    }

    private static String words(Duration duration) {
        if (duration.toMinutes() >= 10) {
            return duration.toMinutes() + " minutes";
        }
        return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
