package dev.asrdoctor.check;

import dev.asrdoctor.facts.LogFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an entry of the data port's or the mobility agent's logs tells of a failure (docs/facts.md, "Logs").
 *
 * @param reason a word for why
 * @param from the address of the other side; empty where it is not told
 * @param file empty where it is not told
 * @param retry whether the writer says that it tries again
 * @param stranger whether somebody who has not looked for the product may have made it
 */
record TransferEntry(String reason, String from, String file, Retry retry, boolean stranger) {
    private static final String CERTIFICATE = "certificate";
    private static final String EXPIRED = "certificate-expired";
    static final String CONFIGURATION_SERVER = "configuration-server";
    /** An error of the mobility agent that is not about its data. */
    static final String UNRELATED = "unrelated";

    private static final String OTHER = "other";
    private static final String FAILED = "failed";
    private static final String IN_USE = "file-in-use";
    private static final String SPACE = "no-space";
    private static final String CONNECTION = "connection";

    private record Reason(String word, Pattern pattern) {
        Reason(String word, String pattern) {
            this(word, Pattern.compile("(?i)" + pattern));
        }
    }

    /** What is special stands before what is general. */
    private static final List<Reason> REASONS = List.of(
            new Reason(EXPIRED, "certificate (?:has )?expired|certificate is not yet valid|InvalidOrExpired"),
            new Reason(
                    CERTIFICATE,
                    "Curl error:? \\(?(?:60|58|51)\\b|certificate|fingerprint|ClientCertificateIsInvalid|unknown ca\\b"),
            new Reason(
                    "not-known",
                    "invalid id for host|is not found in the PS|HostId and|HostId in PSSettings is empty|BiosId"),
            new Reason(SPACE, "no space|ENOSPC|not enough space|0x80070070|disk full"),
            new Reason(IN_USE, "EACCES|access (?:is|was) denied|permission denied|(?:in use|being used) by another"),
            new Reason("directory-refused", "access denied"),
            new Reason("throttled", "throttl"),
            new Reason(
                    CONFIGURATION_SERVER,
                    "initial settings from|settings from CX\\b|\\bpost request\\b|CXAPI|ScoutAPI|configuration server"
                            + "|configurator"),
            new Reason("name", "Curl error:? \\(?6\\)|resolve host|\\b1100[1-4]\\b(?=[,)]| ?-)|no such host"),
            new Reason("tls", "Curl error:? \\(?(?:35|53|54|59|66|77|80|83)\\)|handshake|SEC_E_|\\bschannel"),
            new Reason(
                    "time-out", "Curl error:? \\(?28\\)|timed out|\\b10060\\b(?=[,)]| ?-)|connection attempt failed"),
            new Reason(
                    CONNECTION,
                    "Curl error:? \\(?(?:7|52|55|56)\\)|connect to server|couldn't connect|could not connect|connection refused"
                            + "|connectSocket|\\b1006[15]\\b(?=[,)]| ?-)|socket error|reading data from socket|expecting more data"
                            + "|\\b1005[34]\\b(?=[,)(]| ?-)"));

    /** What the mobility agent's entries are about when they are about its data. */
    private static final Pattern DATA = Pattern.compile(
            "(?i)Curl error|TransportStream|send data|putfile|cxps|upload|transfer|diff file|sync file|\\.dat\\b|data port");

    /** The data port's columns: time, process, thread, level, text; those of transfers have seven and more. */
    private static final int ERROR_LEVEL = 3;

    private static final int FIRST_OUTCOME = 6;
    private static final int FROM = 3;
    private static final int FILE = 4;
    private static final Pattern REMOTE =
            Pattern.compile("remote ip: ([0-9A-Fa-f.:]{3,45})(?:, remote port: \\d{1,5})? ?");

    /** A request that the data port does not know: a check's own, a browser's, a scanner's. */
    private static final Pattern UNKNOWN_REQUEST = Pattern.compile(
            "^: *(?:/[^\\t ]*|(?:GET|HEAD|POST|PUT|OPTIONS|CONNECT|TRACE|DELETE|PROPFIND)(?: [^\\t]*)?)? *$");

    /** A connection that was closed while nothing was asked for. */
    private static final Pattern IDLE =
            Pattern.compile("(?i)^:? *async ?(?:read ?some|hand ?shake) *timed out \\(\\d{1,9}\\) *$");

    /** A handshake or a reading that ended; the parentheses hold what was asked for. */
    private static final Pattern NOTHING_ASKED = Pattern.compile("\\( *\\) *$");

    /** Level, process, thread and sequence of the mobility agent's entries. */
    private static final Pattern AGENT_LEVEL =
            Pattern.compile("^[^)]{0,60}\\):\\s{1,9}(?:ERROR|FATAL|CRITICAL)\\s{1,9}(?:\\d{1,10}\\s{1,9}){0,3}");

    /** What a browser or a scanner answers to a certificate that nobody has told it to trust. */
    private static final Pattern DISTRUST = Pattern.compile("(?i)unknown ca\\b|certificate unknown|bad certificate");

    /** What only a client says that has not looked for the product, or has not begun a transfer. */
    private static final Pattern STRANGER =
            Pattern.compile("(?i)^: *(?:missing (?:nonce|host|id|ver|reqid)|not logged in)\\W*$");

    /** What this entry of this log tells; nothing where it tells no failure of a transfer. */
    static Optional<TransferEntry> of(LogFacts log, String entry) {
        String name = log.name().toLowerCase(Locale.ROOT);
        if (name.startsWith("svagents")) {
            return ofAgent(entry);
        }
        String[] columns = entry.split("\t", -1);
        if (name.startsWith("cxps.xfer")) {
            return ofTransfer(columns);
        }
        return columns.length > ERROR_LEVEL && columns[ERROR_LEVEL].equals("ERROR")
                ? ofDataPort(entry.split("\t", ERROR_LEVEL + 2)[ERROR_LEVEL + 1].strip())
                : Optional.empty();
    }

    private static Optional<TransferEntry> ofTransfer(String[] columns) {
        for (int i = FIRST_OUTCOME; i < columns.length; i++) {
            if (columns[i].equals("failed")) {
                return Optional.of(new TransferEntry(FAILED, columns[FROM], columns[FILE], Retry.NONE, false));
            }
        }
        return Optional.empty();
    }

    private static Optional<TransferEntry> ofDataPort(String text) {
        Matcher remote = REMOTE.matcher(text);
        boolean told = remote.find();
        String from = told ? remote.group(1) : "";
        String said = told ? text.substring(remote.end()) : text;
        if (told
                && (UNKNOWN_REQUEST.matcher(said).find()
                        || STRANGER.matcher(said).find())) {
            return Optional.empty();
        }
        if (IDLE.matcher(said).find()) {
            return Optional.empty();
        }
        // Where functions and lines of the program stand, its words are no reason.
        Optional<String> reason = reason(told ? said : text);
        if (NOTHING_ASKED.matcher(said).find() && !reason.orElse(OTHER).startsWith(CERTIFICATE)) {
            return Optional.empty();
        }
        boolean stranger = DISTRUST.matcher(said).find();
        return Optional.of(new TransferEntry(reason.orElse(OTHER), from, "", Retry.of(said), stranger));
    }

    private static Optional<TransferEntry> ofAgent(String entry) {
        Matcher level = AGENT_LEVEL.matcher(entry);
        if (!level.find()) {
            return Optional.empty();
        }
        String text = entry.substring(level.end());
        Optional<String> reason = reason(text);
        boolean about = reason.isPresent() || DATA.matcher(text).find();
        return Optional.of(new TransferEntry(about ? reason.orElse(FAILED) : UNRELATED, "", "", Retry.of(text), false));
    }

    private static Optional<String> reason(String text) {
        return REASONS.stream()
                .filter(reason -> reason.pattern().matcher(text).find())
                .map(Reason::word)
                .findFirst();
    }

    /** Whether a later success of the same side, even with another file, says nothing of it. */
    boolean special() {
        return reason.equals(SPACE)
                || reason.equals(IN_USE)
                || reason.equals("not-known")
                || reason.equals("directory-refused")
                || (reason.equals(EXPIRED) && from.isEmpty());
    }
}
