package dev.asrdoctor.remoting;

/** What is said of shells, scripts and their answers. */
final class ShellWords {
    private ShellWords() {}

    static String message(RemotingFailure.OfShell failure) {
        return switch (failure) {
            case RemotingFailure.QuotaExceeded f ->
                "a WinRM quota is used up (" + DescribedFault.label(f.code()) + ")"
                        + (f.detail().isEmpty() ? "" : ": " + f.detail());
            case RemotingFailure.ShellGone f ->
                "the remote shell was gone while " + f.stage().doing()
                        + (f.detail().isEmpty() ? "" : ": " + f.detail());
            case RemotingFailure.RemoteFault f ->
                "the server answered with a fault while " + f.stage().doing()
                        + (f.code() == 0 ? "" : " (" + DescribedFault.label(f.code()) + ")")
                        + (f.detail().isEmpty() ? "" : ": " + f.detail());
            case RemotingFailure.DeadlineExceeded f ->
                "not finished within the time for one server (" + FailureWords.time(f.waited()) + "), while "
                        + f.stage().doing();
            case RemotingFailure.NoAnswer f ->
                "no answer within " + FailureWords.time(f.waited()) + " while "
                        + f.stage().doing();
            case RemotingFailure.OutputTooLarge f ->
                "the script wrote more than " + f.limitBytes() / (1024 * 1024) + " MiB, so it was stopped";
            case RemotingFailure.MalformedAnswer f ->
                "an answer that cannot be understood while " + f.stage().doing() + ": " + f.detail();
            case RemotingFailure.NotWithTransport f -> "transport " + f.transport() + " cannot do " + f.what();
            case RemotingFailure.NotThisMachine f ->
                f.host() + " is not an address of this machine, so nothing was run";
            case RemotingFailure.LocalPowerShellMissing f ->
                "PowerShell cannot be started here as " + f.program()
                        + (f.detail().isEmpty() ? "" : ": " + f.detail());
            case RemotingFailure.LocalShellLost f -> "the PowerShell session on this machine was lost: " + f.detail();
        };
    }

    static String advice(RemotingFailure.OfShell failure) {
        return switch (failure) {
            case RemotingFailure.QuotaExceeded f -> DescribedFault.adviceFor(f.code());
            case RemotingFailure.ShellGone ignored ->
                "The shell expired, WinRM was restarted, or a quota killed it, so the check did not finish. Look into 'Microsoft-Windows-"
                        + "WinRM/Operational' on the server, then run the check again. If it comes every time, the address may lead to"
                        + " several servers in turn (a load balancer, DNS).";
            case RemotingFailure.RemoteFault f -> DescribedFault.adviceFor(f.code());
            case RemotingFailure.DeadlineExceeded ignored ->
                "The server is slow, overloaded or hangs. Look at its load, try again with a longer time per server, and restart WinRM"
                        + " ('Restart-Service WinRM') if it answers nobody.";
            case RemotingFailure.NoAnswer ignored ->
                "Something accepts connections there and then says nothing: the WinRM service hangs ('Restart-Service WinRM'), or the port"
                        + " belongs to another program.";
            case RemotingFailure.OutputTooLarge ignored ->
                "The answer is normally a few kilobytes. Something on the server writes into it, such as a PowerShell profile or a"
                        + " machine-wide transcript or AutoRun setting of cmd.exe.";
            case RemotingFailure.MalformedAnswer ignored ->
                "A proxy may change what WinRM says, or another program listens on the port. Try 'Test-WSMan' from a Windows machine"
                        + " and compare.";
            case RemotingFailure.NotThisMachine ignored ->
                "Transport local runs on the machine that asrdoctor runs on, whatever the server is called. Set 'address: localhost'"
                        + " if this is the server, or transport https or http if it is another.";
            case RemotingFailure.LocalPowerShellMissing ignored ->
                "Set ASRDOCTOR_POWERSHELL to the program's path: powershell.exe on Windows, pwsh elsewhere.";
            case RemotingFailure.LocalShellLost ignored ->
                "Something ended powershell.exe, or wrote into its output: look for an antivirus that blocks it, then run again."
                        + " Transport https or http to localhost does without this session.";
            case RemotingFailure.NotWithTransport own -> own.advice();
        };
    }
}
