package dev.asrdoctor.remoting;

/** What is said of names, ports and the way to them. */
final class NetworkWords {
    private NetworkWords() {}

    static String message(RemotingFailure.OfNetwork failure) {
        return switch (failure) {
            case RemotingFailure.NameNotResolved f -> "the name " + f.host() + " cannot be resolved";
            case RemotingFailure.ConnectionRefused f -> "port " + f.port() + " refuses connections";
            case RemotingFailure.ConnectTimedOut f ->
                "no answer from port " + f.port() + " within " + FailureWords.time(f.waited());
            case RemotingFailure.HostUnreachable f -> "port " + f.port() + " cannot be reached: " + f.detail();
            case RemotingFailure.ConnectionCut f ->
                "the connection was cut while " + f.stage().doing()
                        + (f.answerBytes() == 0
                                ? ", before an answer came"
                                : ", after " + f.answerBytes() + " bytes of the answer");
            case RemotingFailure.ProxyFailed f ->
                "the proxy " + f.proxy() + " opens no tunnel: " + (f.status() == 0 ? f.detail() : "HTTP " + f.status());
        };
    }

    static String advice(RemotingFailure.OfNetwork failure) {
        return switch (failure) {
            case RemotingFailure.NameNotResolved ignored ->
                "Check the spelling in the inventory, or set 'address' to a name or IP address that this machine's DNS knows.";
            case RemotingFailure.ConnectionRefused ignored ->
                "The host is up, but WinRM is stopped or listens on another port (5985 HTTP, 5986 HTTPS). On the server run"
                        + " 'Get-Service WinRM' and 'winrm enumerate winrm/config/listener'; 'Enable-PSRemoting -Force' sets up a listener.";
            case RemotingFailure.ConnectTimedOut f ->
                "The host is off, the address is wrong, or a firewall drops the port. Try 'Test-NetConnection NAME -Port "
                        + f.port()
                        + "'; on the server check the rule with 'Get-NetFirewallRule -Name WINRM*' and that the network profile is not Public.";
            case RemotingFailure.HostUnreachable ignored ->
                "There is no network path from this machine to the server. Check the address in the inventory, the route, the VPN and"
                        + " the firewalls in between.";
            case RemotingFailure.ConnectionCut f -> advice(f);
            case RemotingFailure.ProxyFailed f -> advice(f);
        };
    }

    private static String advice(RemotingFailure.ConnectionCut f) {
        if (f.tls() && (f.stage() == RemotingFailure.Stage.HTTP || f.stage() == RemotingFailure.Stage.AUTHENTICATION)) {
            return "TLS came about, and then the server hung up without an answer: it may want a client certificate ('netsh http"
                    + " show sslcert' tells: Negotiate Client Certificate), the port may belong to another program, or a firewall or"
                    + " proxy in between cuts the connection.";
        }
        return f.stage() == RemotingFailure.Stage.HTTP || f.stage() == RemotingFailure.Stage.AUTHENTICATION
                ? "Probably the port speaks TLS while the inventory says http (5986 is HTTPS), or a firewall or proxy interferes."
                        + " Check 'winrm enumerate winrm/config/listener' on the server."
                : "WinRM or the server restarted, or something in the network dropped the connection. Check the System event log of"
                        + " the server around this time, then run the check again.";
    }

    private static String advice(RemotingFailure.ProxyFailed f) {
        return switch (f.status()) {
            case 407 ->
                "The proxy wants a logon, which asrdoctor does not give to proxies: allow this machine by address, or connect"
                        + " directly ('proxy: none').";
            case 403, 405 -> "The proxy must allow CONNECT to the WinRM ports 5985 and 5986; most allow 443 alone.";
            case 0 -> "Check 'proxy' in the inventory and that the proxy can be reached from this machine.";
            default -> "The proxy cannot reach the server under this name and port; try from the proxy's own machine.";
        };
    }
}
