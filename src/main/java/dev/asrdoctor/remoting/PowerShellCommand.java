package dev.asrdoctor.remoting;

/** The command lines that ever run on a server: one, whose script travels on standard input, and one for a library that has none. */
public final class PowerShellCommand {
    private PowerShellCommand() {}

    /**
     * {@code $input} carries standard input in powershell.exe, {@code [Console]::In} in hosts that do not bind it; whichever
     * does not is at its end. Plain text on purpose: an encoded or compressed command looks like malware to a scanner.
     */
    public static final String LINE =
            "powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command \"& ([ScriptBlock]::Create((@($input)+[Console]::In.ReadToEnd()) -join [char]10))\"";

    /** The variables {@code ASRDOCTOR_SCRIPT_1} to {@code _99} hold a script, each between two bars. */
    public static final String VARIABLE = "ASRDOCTOR_SCRIPT_";

    /** Runs what the variables of its environment hold. */
    public static final String LINE_FROM_ENVIRONMENT =
            "powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command \"& ([ScriptBlock]::Create((@(1..99 | ForEach-Object { [Environment]::GetEnvironmentVariable('"
                    + VARIABLE
                    + "' + $_) } | Where-Object { $_ } | ForEach-Object { $_.Substring(1, $_.Length - 2) }) -join '')))\"";
}
