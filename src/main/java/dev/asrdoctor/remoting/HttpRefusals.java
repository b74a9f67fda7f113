package dev.asrdoctor.remoting;

import dev.asrdoctor.remoting.RemotingFailure.HttpRefused;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.lang3.Strings;

/**
 * What an HTTP status means that came instead of WinRM's answer (RFC 9110, 15), and what Windows' HTTP.sys says in its own
 * pages.
 */
final class HttpRefusals {
    private static final String HTTP_SYS = "Microsoft-HTTPAPI";

    /** Somebody in between, or HTTP.sys, is too busy now or saw only a part of the request. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 502, 504);

    /** What asks for waiting before anything was handed on. */
    private static final Set<Integer> TOO_MANY = Set.of(425, 429);

    private HttpRefusals() {}

    static boolean passing(int status) {
        return PASSING.contains(status);
    }

    static boolean tooMany(int status) {
        return TOO_MANY.contains(status);
    }

    static String message(HttpRefused refused) {
        return who(refused) + ": HTTP " + refused.status()
                + (refused.detail().isEmpty() ? "" : " (" + refused.detail() + ")")
                + (refused.server() == null ? "" : ", Server: " + refused.server());
    }

    private static String who(HttpRefused refused) {
        int status = refused.status();
        if (status >= 300 && status < 400) {
            return "the request is sent elsewhere";
        }
        return switch (status) {
            case 407, 511 -> "a proxy in between wants a logon of its own";
            case 408 -> "the request did not arrive whole in time";
            case 425, 429 -> "something limits how much may be asked";
            case 500 -> "the server failed without an explanation";
            case 502, 504 -> "a gateway in between did not reach the server";
            default ->
                Strings.CI.startsWith(refused.server(), HTTP_SYS)
                        ? "its HTTP.sys refuses the request"
                        : "its HTTP service refuses the request";
        };
    }

    static String advice(HttpRefused refused) {
        int status = refused.status();
        if (status >= 300 && status < 400) {
            return "asrdoctor follows nobody elsewhere, since that could show the account to another server. If the new place is the"
                    + " same server, put its transport, port and path into the inventory.";
        }
        return switch (status) {
            case 400, 414, 431, 494 -> malformed(refused.detail().toLowerCase(Locale.ROOT), status);
            case 407, 511 ->
                "asrdoctor gives no logon to proxies. Connect directly (no 'proxy' in the inventory, a route past the proxy), or let"
                        + " the proxy allow this machine by address.";
            case 408 ->
                "The way there is slow, or a firewall held a part back. Run it again; if it stays, connect directly.";
            case 425, 429 -> "Check fewer servers at once (--concurrency), or wait and run it again.";
            case 500 ->
                "Look into 'Microsoft-Windows-WinRM/Operational' and the System event log of the server around this time; 'Restart-Service"
                        + " WinRM' there often mends it. Over plain HTTP a message that was not encrypted may have been refused.";
            case 502, 504 ->
                "A proxy or load balancer answers in place of the server. See that the server is up and that WinRM runs, or connect to it"
                        + " directly.";
            default ->
                "Something between HTTP.sys and WinRM, or a proxy before both, refuses it. Compare port and path with 'winrm enumerate"
                        + " winrm/config/listener' on the server, and look into C:\\Windows\\System32\\LogFiles\\HTTPERR there.";
        };
    }

    private static String malformed(String heading, int status) {
        if (status == 431 || status == 494 || heading.contains("too long") || heading.contains("too large")) {
            return "The headers are longer than it takes, most often because a Kerberos ticket tells of very many groups: raise"
                    + " MaxFieldLength and MaxRequestBytes (HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters) on the server and"
                    + " restart it, take the account out of groups, or use another account.";
        }
        if (heading.contains("hostname")) {
            return "No listener there goes by the name in the request. Set 'address' to a name or an address that 'winrm enumerate"
                    + " winrm/config/listener' (ListeningOn, Hostname) on the server shows, of letters, digits, hyphens and dots.";
        }
        return "HTTP.sys cannot read the request: a proxy or firewall in between may change it, or its headers are longer than"
                + " MaxFieldLength allows. Look into C:\\Windows\\System32\\LogFiles\\HTTPERR on the server for the reason, and connect"
                + " directly.";
    }
}
