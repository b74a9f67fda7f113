package dev.asrdoctor.remoting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a server could not be asked; what to say of each kind stands in {@link FailureWords}. */
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

    /** The name, the way to the port, and whether anybody listens there. */
    sealed interface OfNetwork extends RemotingFailure {}

    /** The certificate, and whether TLS comes about. */
    sealed interface OfTls extends RemotingFailure {}

    /** Who answers at the port. */
    sealed interface OfHttp extends RemotingFailure {}

    /** Whether the account is let in. */
    sealed interface OfLogon extends RemotingFailure {}

    /** What WinRM or this machine's PowerShell makes of the script. */
    sealed interface OfShell extends RemotingFailure {}

    default Stage stage() {
        return switch (this) {
            case NameNotResolved ignored -> Stage.NAME;
            case ConnectionRefused ignored -> Stage.TCP;
            case ConnectTimedOut ignored -> Stage.TCP;
            case HostUnreachable ignored -> Stage.TCP;
            case TlsUntrusted ignored -> Stage.TLS;
            case TlsFailed ignored -> Stage.TLS;
            case CaFileUnusable ignored -> Stage.TLS;
            case PlainHttpOnTlsPort ignored -> Stage.TLS;
            case TlsOnPlainPort ignored -> Stage.HTTP;
            case EndpointNotFound ignored -> Stage.HTTP;
            case HttpForbidden ignored -> Stage.HTTP;
            case SchemeNotOffered ignored -> Stage.AUTHENTICATION;
            case LogonFailed ignored -> Stage.AUTHENTICATION;
            case KerberosFailed ignored -> Stage.AUTHENTICATION;
            case NoSchemeWorked all -> all.tried().getLast().failure().stage();
            case ClientCertificateUnusable ignored -> Stage.TLS;
            case CertificateNeedsTls ignored -> Stage.AUTHENTICATION;
            case CredentialDoesNotFit ignored -> Stage.AUTHENTICATION;
            case ProxyFailed ignored -> Stage.TCP;
            case LogonHeldBack ignored -> Stage.AUTHENTICATION;
            case BasicNeedsTls ignored -> Stage.AUTHENTICATION;
            case SealingNotGranted ignored -> Stage.AUTHENTICATION;
            case OutputTooLarge ignored -> Stage.ANSWER;
            case LogonUnclear ignored -> Stage.AUTHENTICATION;
            case NotWithTransport ignored -> Stage.SHELL;
            case NotThisMachine ignored -> Stage.NAME;
            case LocalPowerShellMissing ignored -> Stage.SHELL;
            case LocalShellLost ignored -> Stage.SCRIPT;
            case ConnectionCut own -> own.stage();
            case HttpRefused own -> own.stage();
            case NotWinRm own -> own.stage();
            case ServiceUnavailable own -> own.stage();
            case LogonNotKept own -> own.stage();
            case ClearTextRefused own -> own.stage();
            case AccessDenied own -> own.stage();
            case QuotaExceeded own -> own.stage();
            case ShellGone own -> own.stage();
            case RemoteFault own -> own.stage();
            case DeadlineExceeded own -> own.stage();
            case NoAnswer own -> own.stage();
            case MalformedAnswer own -> own.stage();
        };
    }

    /** One line: what failed. It never names the server; the report does. */
    default String message() {
        return FailureWords.message(this);
    }

    /** One or two sentences: the probable cause and the next action. */
    default String advice() {
        return FailureWords.advice(this);
    }

    /** The kind as a word for machines, such as {@code logon-failed}. */
    default String kind() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    record NameNotResolved(String host) implements OfNetwork {}

    record ConnectionRefused(int port) implements OfNetwork {}

    record ConnectTimedOut(int port, Duration waited) implements OfNetwork {}

    /** @param detail what the operating system said */
    record HostUnreachable(int port, String detail) implements OfNetwork {}

    /**
     * @param answerBytes how much of the answer in progress had arrived
     * @param tls it was inside of TLS
     */
    record ConnectionCut(Stage stage, long answerBytes, boolean tls) implements OfNetwork {
        public ConnectionCut(Stage stage, long answerBytes) {
            this(stage, answerBytes, false);
        }
    }

    record TlsUntrusted(Rule rule, String host, PresentedCertificate certificate) implements OfTls {
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
    }

    /** No secure connection came about for a reason other than that the certificate is not trusted. */
    record TlsFailed(String detail, Why why) implements OfTls {
        /** As far as TLS tells. */
        public enum Why {
            OLD_PROTOCOL,
            NO_COMMON_CIPHER,
            CLIENT_CERTIFICATE,
            UNREADABLE_CERTIFICATE,
            BROKEN_OFF,
            OTHER
        }
    }

    record CaFileUnusable(String file, String detail) implements OfTls {}

    record PlainHttpOnTlsPort(int port) implements OfTls {}

    record TlsOnPlainPort(int port) implements OfTls {}

    /**
     * HTTP says no before WinRM has a say, with a status that tells why.
     *
     * @param detail the page's own heading, or the header that matters
     */
    record HttpRefused(Stage stage, int status, @Nullable String server, String detail) implements OfHttp {}

    /**
     * The connection that a logon belongs to was not kept.
     *
     * @param forgotten it lasts, but the server does not know the logon any more; what it was asked then, it has not done
     */
    record LogonNotKept(Stage stage, String scheme, boolean forgotten) implements OfLogon {
        public LogonNotKept(Stage stage, String scheme) {
            this(stage, scheme, false);
        }
    }

    /** An HTTP server that is not WinRM, or stands before it. */
    record NotWinRm(
            Stage stage,
            int status,
            @Nullable String server,
            @Nullable String contentType,
            String heading) implements OfHttp {
        public NotWinRm(Stage stage, int status, @Nullable String server, @Nullable String contentType) {
            this(stage, status, server, contentType, "");
        }

        /** The same where it is known that WinRM answers at this port. */
        public RemotingFailure ofWinRm() {
            return status < 300 ? this : new HttpRefused(stage, status, server, heading);
        }
    }

    record EndpointNotFound(int status, String path) implements OfHttp {}

    record HttpForbidden(@Nullable String server) implements OfHttp {}

    record ServiceUnavailable(Stage stage) implements OfHttp {}

    record SchemeNotOffered(String wanted, List<String> offered) implements OfLogon {
        /** NTLM is a part of Negotiate: who offers that and answers NTLM without a challenge has it forbidden. */
        public boolean takesNoNtlm() {
            return wanted.equals("NTLM") && offered.stream().anyMatch("Negotiate"::equalsIgnoreCase);
        }
    }

    /** @param clockSkew how far the server's clock is ahead, where that is more than five minutes either way */
    record LogonFailed(String account, String scheme, boolean tls, Optional<Duration> clockSkew) implements OfLogon {}

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
            implements OfLogon {}

    /**
     * None of the schemes that the inventory allows worked.
     *
     * @param tried at least two, in order
     */
    record NoSchemeWorked(List<Tried> tried) implements OfLogon {
        /** @param scheme as people call it */
        public record Tried(String scheme, RemotingFailure failure) {}

        public NoSchemeWorked {
            tried = List.copyOf(tried);
        }
    }

    /** The PKCS#12 file cannot be used. */
    record ClientCertificateUnusable(String file, String detail) implements OfTls {}

    /** A client certificate needs TLS. */
    record CertificateNeedsTls() implements OfTls {}

    /** A scheme needs another kind of credential. */
    record CredentialDoesNotFit(String scheme, String account, String has) implements OfLogon {}

    /** @param status of the proxy's answer, 0 where there was none */
    record ProxyFailed(String proxy, int status, String detail) implements OfNetwork {}

    /** The account was refused elsewhere so often in this run that it is not presented any more. */
    record LogonHeldBack(String credential, String account, List<String> refusedBy) implements OfLogon {}

    /** Basic without TLS shows the password to everyone in between. */
    record BasicNeedsTls() implements OfLogon {}

    /** The server wants encrypted messages and got clear ones. */
    record ClearTextRefused(Stage stage) implements OfLogon {}

    /** The logon went well, but this server does not encrypt messages over plain HTTP. */
    record SealingNotGranted(String scheme) implements OfLogon {}

    record AccessDenied(Stage stage, String detail) implements OfLogon {}

    record QuotaExceeded(Stage stage, long code, String detail) implements OfShell {}

    record ShellGone(Stage stage, long code, String detail) implements OfShell {}

    /** @param code of the WSManFault, 0 where there was none */
    record RemoteFault(Stage stage, long code, String detail) implements OfShell {}

    /** The time for this server was over. */
    record DeadlineExceeded(Stage stage, Duration waited) implements OfShell {}

    /** The server was silent for longer than it may be, though there was still time. */
    record NoAnswer(Stage stage, Duration waited) implements OfShell {}

    /** @param limitBytes of standard output and error together */
    record OutputTooLarge(long limitBytes) implements OfShell {}

    record MalformedAnswer(Stage stage, String detail) implements OfShell {}

    /**
     * A refusal that a library hides: the server answers as long as nobody logs on, and then not as it should.
     *
     * @param saw what came in place of an answer
     */
    record LogonUnclear(String account, String saw) implements OfLogon {}

    /**
     * What a transport cannot do.
     *
     * @param what for the end of the sentence: the transport cannot ...
     * @param advice one sentence
     */
    record NotWithTransport(String transport, String what, String advice) implements OfShell {}

    /** A server of the inventory that is another machine, with the transport for this one. */
    record NotThisMachine(String host) implements OfShell {}

    /** @param program as it was to be started */
    record LocalPowerShellMissing(String program, String detail) implements OfShell {}

    /** @param detail what did not fit */
    record LocalShellLost(String detail) implements OfShell {}
}
