package dev.asrdoctor.remoting;

/** The one command line that ever runs on a server; everything else travels on its standard input. */
public final class PowerShellCommand {
    private PowerShellCommand() {}

    /**
     * {@code $input} carries standard input in powershell.exe, {@code [Console]::In} in hosts that do not bind it; whichever
     * does not is at its end. Plain text on purpose: an encoded or compressed command looks like malware to a scanner.
     */
    public static final String LINE =
            "powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command \"& ([ScriptBlock]::Create((@($input)+[Console]::In.ReadToEnd()) -join [char]10))\"";
}
