package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.text.Commands;
import java.util.Optional;

/**
 * What is wrong with the configuration server's port as a process server or a source machine meets it: a request for its
 * root, which any web server answers with a number below 500 (docs/facts.md, "Configuration server").
 *
 * @param result one word for evidence
 * @param words goes on after the server's name
 */
record ControlPort(String result, Status status, Severity severity, String words, String nextAction) {
    /** Windows answers so before anything leaves the machine. */
    static final long FORBIDDEN_HERE = 10013;

    private static final int PROXY_AUTHENTICATION = 407;
    private static final String ALLOW_HERE = "On the server, look which rule forbids it: "
            + Commands.shown("Get-NetFirewallRule -Direction Outbound -Action Block -Enabled True")
            + " Where none does, a security product filters there: " + Commands.shown("netsh wfp show state")
            + " names the filter.";

    private static final int SERVER_ERRORS = 500;
    /** From here to {@link #LAST_OUT} there is nobody behind the web server who could answer. */
    private static final int FIRST_OUT = 502;

    private static final int LAST_OUT = 504;

    /** Nothing where the server answers as it should, as far as it was asked. */
    static Optional<ControlPort> trouble(ConnectionFacts connection, String unreachable) {
        boolean forbidden = !connection.connected() && connection.code() == FORBIDDEN_HERE;
        if (!connection.connected()) {
            return Optional.of(new ControlPort(
                    Reach.word(connection),
                    Status.FAIL,
                    Severity.CRITICAL,
                    "cannot be reached: "
                            + (forbidden
                                    ? "this server itself forbids it (Winsock error 10013)"
                                    : Reach.words(connection)),
                    forbidden ? ALLOW_HERE : unreachable));
        }
        return switch (connection.stage()) {
            case "tls" ->
                Optional.of(new ControlPort(
                        "tls",
                        Status.FAIL,
                        Severity.HIGH,
                        "takes the connection, but " + Reach.words(connection),
                        "On the configuration server: does the web site have a certificate bound to the port (netsh http show"
                                + " sslcert), and does Windows there allow TLS 1.2? A device on the way that inspects TLS breaks it"
                                + " too."));
            case "http" ->
                Optional.of(
                        new ControlPort(
                                "cut",
                                Status.WARN,
                                Severity.MEDIUM,
                                "takes the connection and gives no answer to a request"
                                        + (connection.error() == null ? "" : " (" + connection.error() + ")"),
                                "Look whether its web server is busy or hangs: load, W3SVC and MySQL on the configuration server."));
            default -> Optional.ofNullable(connection.httpStatus()).flatMap(ControlPort::answered);
        };
    }

    private static Optional<ControlPort> answered(long status) {
        if (status == PROXY_AUTHENTICATION) {
            return Optional.of(new ControlPort(
                    "proxy",
                    Status.FAIL,
                    Severity.HIGH,
                    "does not answer itself: a proxy asks for credentials (407)",
                    "Traffic to the configuration server must not go through a proxy: take its address out of it."));
        }
        if (status < SERVER_ERRORS) {
            return Optional.empty();
        }
        boolean down = status >= FIRST_OUT && status <= LAST_OUT;
        return Optional.of(new ControlPort(
                "http",
                down ? Status.FAIL : Status.WARN,
                down ? Severity.CRITICAL : Severity.MEDIUM,
                "answers HTTP " + status + ": its port is open, but its web application "
                        + (down ? "does not work" : "fails"),
                "On the configuration server: do the application pools of IIS run (Get-IISAppPool, or inetmgr), do W3SVC and"
                        + " MySQL run, is the system drive full? Then iisreset there."));
    }
}
