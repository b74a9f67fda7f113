package dev.asrdoctor.check;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why the MARS agent's trace says that something failed: by texts of .NET and of Azure, and by numbers of Windows, WinHTTP
 * and HTTP where they are told as an error (docs/facts.md, "Logs"). The first that fits is meant: what is special stands
 * before what is general.
 */
enum MarsReason {
    SPACE(
            "no-space",
            "has no space for its files",
            "had no space for its files",
            "Free space on the drives of the MARS agent's folder, of its scratch folder and of the system, then look whether it goes on.",
            "0x80070070|not enough space on the disk|\\bdisk (?:is )?full\\b|ERROR_DISK_FULL",
            Set.of("112")),
    VERSION(
            "version",
            "is too old for the service",
            "was too old for the service",
            "Install the newest Microsoft Azure Recovery Services agent (at least 2.0.9083.0).",
            "0x1FBD3\\b|service version and .{0,60}\\bdo(?:es)? not match|install the latest version of .{0,20}Microsoft Azure Recovery",
            Set.of()),
    CLOCK(
            "clock",
            "is refused for the server's clock",
            "was refused for the server's clock",
            "Compare the clock with a third one (w32tm /stripchart), set its source right, then restart obengine.",
            "AADSTS700024|within its valid time range|RequestTimeTooSkewed|AADSTS500133|\\bIDX1022[23]\\b|0x80090324"
                    + "|\\bclock skew|token is not yet valid",
            Set.of()),
    BUSY(
            "busy",
            "is told to wait: the service is busy",
            "was told to wait: the service was busy",
            "It tries again by itself. Where it stays: spread initial replications, and look at the limits of the storage account.",
            "ServerBusy|OperationTimedOut|AADSTS(?:90033|90012)\\b",
            Set.of("503", "429")),
    REGISTRATION(
            "registration",
            "is not let in with its registration",
            "was not let in with its registration",
            "Register the server with the vault again, with fresh vault credentials.",
            "AADSTS\\d{4,}|0x80790300|0x80790305|vault credentials? (?:file )?(?:is|are|has|have|provided)",
            Set.of()),
    PROXY(
            "proxy",
            "is asked for credentials by a proxy",
            "was asked for credentials by a proxy",
            "Let the proxy pass this server to Azure's URLs without authentication, or give the MARS agent the user. Look at the proxy of the system account too.",
            "proxy authentication required",
            Set.of("407")),
    REFUSED(
            "refused",
            "is refused by Azure's storage (HTTP 403)",
            "was refused by Azure's storage (HTTP 403)",
            "Look at the storage account's firewall and network rules, at its keys, and at the server's clock: the code behind the 403 tells which.",
            "AuthorizationFailure|AuthorizationPermissionMismatch|AuthorizationSourceIPMismatch|IpAuthorizationFailed"
                    + "|PublicAccessNotPermitted|not authorized to perform this operation|AuthenticationFailed|403\\)? Forbidden",
            Set.of("403")),
    NAME(
            "name",
            "does not resolve names",
            "did not resolve names",
            "Resolve-DnsName on the server for the names of the lines.",
            "remote name could not be resolved|0x80072EE7|no such host is known",
            Set.of("12007", "11001", "11002", "11003", "11004")),
    TLS(
            "tls",
            "gets no TLS connection",
            "got no TLS connection",
            "Allow TLS 1.2 to .NET on the server (SchUseStrongCrypto, SystemDefaultTlsVersions under .NETFramework\\v4.0.30319) and in Schannel, bring root certificates up to date, and look for TLS inspection on the way.",
            "SSL/TLS secure channel|SSL/TLS secure|trust relationship for the SSL|remote certificate is invalid|0x80072F8F"
                    + "|0x800B01[0-9A-F]{2}|0x80096004|0x8009030[8DE]|0x80090326|0x80090331|0x8009201[23]",
            Set.of("12157", "12169", "12175", "12037", "12038", "12044", "12045", "12057")),
    CONNECTION(
            "log",
            "cannot reach Azure",
            "could not reach Azure",
            "Allow TCP 443 to the addresses named, or better to the URLs of Azure Site Recovery, in the firewalls on the way.",
            "connection attempt failed|0x80072EE2|0x80072EFD|0x80072EFE|0x80072EFF|0x80790100|unable to connect to the remote server"
                    + "|was unable to connect to|could not connect to|operation has timed out|forcibly closed"
                    + "|no connection could be made|underlying connection was closed|A socket operation was attempted to an",
            Set.of(
                    "10050", "10051", "10052", "10053", "10054", "10060", "10061", "10065", "12002", "12029", "12030",
                    "12031", "12152")),
    LOCAL(
            "local",
            "does not reach its own engine",
            "did not reach its own engine",
            "This is no matter of the network: look whether obengine (cbengine.exe) runs and listens.",
            "",
            Set.of()),
    OTHER("fatal", "tells fatal errors", "told fatal errors", "Read the lines in CBEngineCurr.errlog.", "", Set.of());

    /** Addresses of the machine itself, and pipes. */
    private static final Pattern OWN = Pattern.compile(
            "(?i)(?<![\\w.])(?:127(?:\\.\\d{1,3}){3}|localhost)(?!\\w|\\.\\w)|\\[?::1\\]?(?![\\w:])|\\bnet\\.pipe://");
    /** Any other address or public name. */
    private static final Pattern OTHERS = Pattern.compile(
            "(?i)https?://(?!localhost|127\\.)|(?<![\\w.])(?!127\\.)\\d{1,3}(?:\\.\\d{1,3}){3}:\\d|\\.(?:windows\\.net|windowsazure\\.com|microsoftonline\\.com)");

    private static final Pattern CONTACT = Pattern.compile("(?<![\\d:])(?:[\\w.-]{1,255}|\\]):443(?!\\d)");
    /** A warning beside a contact that speaks of no failure. */
    private static final Pattern HARMLESS = Pattern.compile(
            "(?i)\\bslow|\\btook\\b|\\blatency|throttl|\\bexpir|\\brenew|\\brefresh|succe|\\bcache|HTTP\\S{0,9} 20\\d|\\bstatus[ :=]+20\\d|uploaded|deprecat|keep-?alive");

    private final String word;
    private final String now;
    private final String before;
    private final String fix;
    private final @Nullable Pattern texts;
    private final Set<String> numbers;

    MarsReason(String word, String now, String before, String fix, String texts, Set<String> numbers) {
        this.word = word;
        this.now = now;
        this.before = before;
        this.fix = fix;
        this.texts = texts.isEmpty() ? null : Pattern.compile("(?i)" + texts);
        this.numbers = numbers;
    }

    /** The subject of its finding. */
    String word() {
        return word;
    }

    /** What the agent is or does, after its name. */
    String now() {
        return now;
    }

    /** What it was or did. */
    String before() {
        return before;
    }

    String fix() {
        return fix;
    }

    /**
     * What an entry tells, nothing where it tells no failure.
     *
     * @param proxied whether any proxy is set: without one, a bare 407 is some other number
     */
    static Optional<MarsReason> of(MarsEntry entry, boolean proxied) {
        if (entry.level() == MarsEntry.Level.ORDINARY) {
            return Optional.empty();
        }
        for (MarsReason reason : values()) {
            if (reason.toldBy(entry.message(), proxied)) {
                return Optional.of(reason.network() && isOwn(entry.message()) ? LOCAL : reason);
            }
        }
        if (entry.level() == MarsEntry.Level.NONE) {
            return Optional.empty();
        }
        if (CONTACT.matcher(entry.message()).find()
                && (entry.fatal() || !HARMLESS.matcher(entry.message()).find())) {
            return Optional.of(CONNECTION);
        }
        return entry.fatal() ? Optional.of(OTHER) : Optional.empty();
    }

    private boolean toldBy(String message, boolean proxied) {
        return (texts != null && texts.matcher(message).find())
                || (!numbers.isEmpty() && (this != PROXY || proxied) && ErrorNumbers.tells(message, numbers));
    }

    private boolean network() {
        return this == NAME || this == TLS || this == CONNECTION;
    }

    private static boolean isOwn(String message) {
        return OWN.matcher(message).find() && !OTHERS.matcher(message).find();
    }
}
