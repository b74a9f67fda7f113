package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;

/** How a connection that was tried ended, in words (docs/facts.md, "Ports and connections"). */
final class Reach {
    private static final int NO_SUCH_NAME = 11001;
    private static final int NO_DATA = 11004;
    private static final int TIMED_OUT = 10060;
    private static final int REFUSED = 10061;

    private Reach() {}

    /** One word for evidence: {@code dns}, {@code timeout}, {@code refused}, {@code tcp}, {@code proxy}, {@code tls}, {@code ok}. */
    static String word(ConnectionFacts connection) {
        if (!connection.connected()) {
            return switch ((int) connection.code()) {
                case NO_SUCH_NAME, 11002, 11003, NO_DATA -> "dns";
                case TIMED_OUT -> "timeout";
                case REFUSED -> "refused";
                default -> "tcp";
            };
        }
        return switch (connection.stage()) {
            case "proxy" -> "proxy";
            case "tls" -> "tls";
            default -> connection.error() == null ? "ok" : "cut";
        };
    }

    static String words(ConnectionFacts connection) {
        return switch (word(connection)) {
            case "dns" -> "its name does not resolve";
            case "timeout" -> "no answer before the limit";
            case "refused" -> "the connection was refused";
            case "tcp" -> "no connection (Winsock error " + connection.code() + ")";
            case "proxy" ->
                connection.proxyStatus() == null
                        ? "the proxy gave no answer"
                        : connection.proxyStatus() == 407
                                ? "the proxy asks for credentials (407)"
                                : "the proxy answered " + connection.proxyStatus();
            case "tls" -> "TLS failed" + (connection.error() == null ? "" : " (" + connection.error() + ")");
            case "cut" -> "the answer was cut (" + connection.error() + ")";
            default -> "it answers";
        };
    }
}
