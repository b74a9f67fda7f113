package dev.asrdoctor.remoting.wsman;

import java.util.Map;

/**
 * What differs between the kinds of shells that WS-Management carries (MS-WSMV 3.1.4.5.2).
 *
 * @param inputStreams separated by blanks
 * @param outputStreams separated by blanks
 * @param createOptions of the Create request
 * @param commandOptions of each Command request
 */
record ShellType(
        String resourceUri,
        String inputStreams,
        String outputStreams,
        Map<String, String> createOptions,
        Map<String, String> commandOptions) {

    /** cmd.exe in UTF-8 and without a profile, whose standard input is a pipe. */
    static final ShellType CMD = new ShellType(
            "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd",
            "stdin",
            "stdout stderr",
            Map.of("WINRS_NOPROFILE", "TRUE", "WINRS_CODEPAGE", "65001"),
            Map.of("WINRS_CONSOLEMODE_STDIN", "FALSE", "WINRS_SKIP_CMD_SHELL", "FALSE"));

    ShellType {
        createOptions = Map.copyOf(createOptions);
        commandOptions = Map.copyOf(commandOptions);
    }
}
