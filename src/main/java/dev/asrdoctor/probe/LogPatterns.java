package dev.asrdoctor.probe;

/**
 * Which entries of a log are brought back (docs/facts.md, "Logs"); the same expressions in .NET and in Java, and none that
 * repeats what repeats. They bring rather too much: what an entry means is judged from the facts. The groups {@code who} and
 * {@code what} of a success are whose it is, so that a failure is weighed against what came after it.
 */
public final class LogPatterns {
    /** How an entry of any of the logs begins; a line that begins otherwise continues the one before. */
    public static final String ENTRY =
            "^(?:#~>|[\\[(]?\\d{4}-[A-Z][a-z]{2}-\\d|[\\[(]?\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}[ T]"
                    + "|[0-9A-Fa-f]+\\t[0-9A-Fa-f]+\\t\\d{2}/\\d{2}\\t|pid\\t)";

    /** Logs of the heartbeat; the article only says to look for errors. */
    public static final String HEARTBEAT =
            "error|exception|fatal|fail(?:s|ed|ure)?\\b|could not|cannot|unable to|timed out|refused|curl: \\("
                    + "|gone away|(?:HTTP\\S{0,9}|status|code)[ :=]+50[0-9]\\b";

    /** A worker that has got through since. */
    public static final String HEARTBEAT_GOOD =
            "heartbeat sent|(?<!not )\\bsuccess(?:ful|fully)?\\b(?! *[:=] *(?:0|false|no)\\b)|\\bsucceeded\\b"
                    + "|(?<who>)(?<what>)HTTP\\S{0,9}[ :=]+200\\b";

    /** Logs of the data port and of the mobility agent, by their levels and by the outcome of a transfer. */
    public static final String TRANSPORT = "\\tERROR\\t|\\tfailed(?![^\\t])|\\):\\s{1,9}(?:ERROR|FATAL|CRITICAL)\\b";

    /** A transfer that went through, by the address and by the file, and what the mobility agent says of its own. */
    public static final String TRANSPORT_GOOD =
            "^[^\\t]*\\t[^\\t]*\\t[^\\t]*\\t(?<who>[^\\t]*)\\t(?<what>[^\\t]*)\\t[^\\n]*\\tsuccess(?![^\\t])"
                    + "|^#~> \\([^)\\n]{0,40}\\):\\s{1,9}(?:ALWAYS|INFO|DEBUG|NOTICE)\\b[^\\n]*(?:(?<!not )(?<!un)success|succeeded|\\bsent\\b|uploaded"
                    + "|transferred|goes on)";

    /** What tells why the MARS agent fails: numbers of Windows and WinHTTP, texts of .NET, codes of Azure. */
    private static final String MARS_REASONS =
            ":443(?!\\d)|connection attempt failed|\\b100(?:5[0-9]|6[0-5])\\b|\\b1100[1-4]\\b"
                    + "|\\b(?:112|403|407|429|50[0-9])\\b|\\b12(?:002|007|029|030|031|037|038|044|045|057|152|157|169|175)\\b"
                    + "|0x80072[EF]|0x80790|0x800B01|0x8009[0236]|0x80070070|0x1FBD3|AADSTS\\d|(?:Web|Socket|Authentication)Exception"
                    + "|could not be resolved|no such host|secure channel|trust relationship|certificate|not enough space"
                    + "|proxy auth|not authorized|Authorization|AuthenticationFailed|valid time range|do(?:es)? not match"
                    + "|unable to connect|could not connect|operation has timed out|forcibly closed|ServerBusy|TimeTooSkewed"
                    + "|clock skew";

    /** The MARS agent's trace: whatever is fatal, and warnings that tell a reason. */
    public static final String MARS =
            "\\tFATAL\\t|^(?![^\\n]*\\t(?:NORMAL|VERBOSE|INFO)\\t)[^\\n]*(?:" + MARS_REASONS + ")";

    /** A contact with Azure that the trace tells in the ordinary way. */
    public static final String MARS_GOOD =
            "\\t(?:NORMAL|VERBOSE|INFO)\\t(?<what>)[^\\n]*?(?<![A-Za-z0-9.-])(?<who>[A-Za-z0-9.-]{1,255}):443(?!\\d)";

    private LogPatterns() {}
}
