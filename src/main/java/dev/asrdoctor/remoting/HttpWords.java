package dev.asrdoctor.remoting;

/** What is said of whoever answers HTTP. */
final class HttpWords {
    private HttpWords() {}

    static String message(RemotingFailure.OfHttp failure) {
        return switch (failure) {
            case RemotingFailure.HttpRefused f -> HttpRefusals.message(f);
            case RemotingFailure.NotWinRm f ->
                "the answer is not from WinRM: HTTP " + f.status()
                        + (f.heading().isEmpty() ? "" : " (" + f.heading() + ")")
                        + (f.server() == null ? "" : ", Server: " + f.server())
                        + (f.contentType() == null ? "" : ", Content-Type: " + f.contentType());
            case RemotingFailure.EndpointNotFound f ->
                "no WinRM at the path " + f.path() + " (HTTP " + f.status() + ")";
            case RemotingFailure.HttpForbidden f ->
                "access forbidden (HTTP 403" + (f.server() == null ? "" : ", Server: " + f.server()) + ")";
            case RemotingFailure.ServiceUnavailable ignored -> "the WinRM service is not available now (HTTP 503)";
        };
    }

    static String advice(RemotingFailure.OfHttp failure) {
        return switch (failure) {
            case RemotingFailure.HttpRefused f -> HttpRefusals.advice(f);
            case RemotingFailure.NotWinRm ignored ->
                "Another web server or a proxy listens at this address and port. Check port and path in the inventory (5985 or 5986,"
                        + " /wsman) and what 'winrm enumerate winrm/config/listener' says on the server.";
            case RemotingFailure.EndpointNotFound ignored ->
                "The port belongs to another web server, or the listener has another URL prefix: compare port and path with 'winrm"
                        + " enumerate winrm/config/listener' on the server (normally 5985 and /wsman).";
            case RemotingFailure.HttpForbidden ignored ->
                "A proxy is in the way, the address filter of WinRM leaves this machine out (policy 'Allow remote server management"
                        + " through WinRM', IPv4Filter), or the listener demands a client certificate.";
            case RemotingFailure.ServiceUnavailable ignored ->
                "WinRM is starting, stopping or overloaded. Try again in a minute; if it stays, run 'Restart-Service WinRM' on the"
                        + " server.";
        };
    }
}
