package dev.asrdoctor.probe;

/**
 * Which lines of a log are brought back (docs/facts.md, "Logs"); the same expressions in .NET and in Java. What a line means
 * is judged from the facts.
 */
public final class LogPatterns {
    /** Logs of the heartbeat; the article only says to look for errors. */
    public static final String HEARTBEAT =
            "error|exception|fail(ed|ure)|could not connect|timed out|(HTTP\\S*|status|code)[ :=]+50[0-9]\\b";

    /** Logs of the data port and of the mobility agent. */
    public static final String TRANSPORT =
            "\\tERROR\\t|\\tfailed\\b|\\):\\s+ERROR\\b|Curl error|certificate verify failed|Mismatch of fingerprints"
                    + "|Failed to send data|CertificateIsInvalidOrExpired";

    /** The MARS agent's trace: port 443, and failed connections as Windows and WinHTTP number them. */
    public static final String MARS = ":443(?!\\d)|connection attempt failed|\\b1006[0-5]\\b|\\b407\\b"
            + "|\\b(12002|12007|12029|12175)\\b|0x80072EE2|0x80072EE7|0x80072EFD|0x80072F8F"
            + "|0x80790100|0x80790300|0x80790305";

    private LogPatterns() {}
}
