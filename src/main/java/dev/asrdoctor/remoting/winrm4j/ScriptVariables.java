package dev.asrdoctor.remoting.winrm4j;

import dev.asrdoctor.remoting.PowerShellCommand;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.RemotingFailure.NotWithTransport;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A script on its way through the environment of the shell. WinRM4j cannot send standard input, and its own
 * {@code executePs} ends at some 3,000 characters (cmd.exe takes 8,191, and the script is base64 of UTF-16 there); a
 * variable takes 32,767 (docs/facts.md).
 */
final class ScriptVariables {
    /** Room for the bars, well below 32,767. */
    private static final int LONGEST = 30_000;

    /** MaxEnvelopeSizekb is 500 on Windows Server 2012 R2 and later; the envelope and its sealing need some of it. */
    static final int MOST_IN_XML = 450_000;

    private ScriptVariables() {}

    /** @throws RemotingException where the script does not fit one request */
    static Map<String, String> of(String script) throws RemotingException {
        long inXml = 0;
        for (int i = 0; i < script.length(); i++) {
            char c = script.charAt(i);
            if (c > 0x7f) {
                throw new IllegalArgumentException("a script is ASCII only; character " + i + " is not");
            }
            inXml += c == '<' || c == '>' || c == '&' ? 5 : 1;
        }
        if (inXml > MOST_IN_XML) {
            throw new RemotingException(new NotWithTransport(
                    "winrm4j",
                    "a script of " + script.length() + " characters: it travels within one request, which takes "
                            + MOST_IN_XML,
                    "Set transport https or http, whose scripts have no limit."));
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int from = 0, number = 1; from == 0 || from < script.length(); from += LONGEST, number++) {
            // The bars keep blanks at an end from being trimmed on the way.
            variables.put(
                    PowerShellCommand.VARIABLE + number,
                    "|" + script.substring(from, Math.min(script.length(), from + LONGEST)) + "|");
        }
        return variables;
    }
}
