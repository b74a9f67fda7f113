package dev.asrdoctor.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One connection that was tried from the server.
 *
 * @param name what it was tried for
 * @param outcome {@code connected}, {@code failed} or {@code timed-out}
 * @param code the Winsock error: 11001 no such name, 10060 timed out, 10061 refused, 10065 no route; 0 none
 * @param stage how far it came: {@code tcp}, {@code proxy}, {@code tls}, {@code http}, {@code done}
 * @param proxyStatus the proxy's answer to CONNECT
 * @param error the .NET name of what went wrong behind the connection
 */
public record ConnectionFacts(
        String name,
        String host,
        long port,
        String outcome,
        long code,
        long millis,
        @Nullable String address,
        String stage,
        @Nullable Long proxyStatus,
        @Nullable Tls tls,
        @Nullable Long httpStatus,
        @Nullable String error) {
    private static final int NAME_MISMATCH = 2;
    private static final int CHAIN_ERRORS = 4;

    /**
     * @param problems System.Net.Security.SslPolicyErrors: 2 name mismatch, 4 chain not trusted
     * @param notBefore when the certificate begins to hold; null in facts of before this was read
     * @param notAfter when it ends to hold
     * @param thumbprint the certificate's SHA-1 hash in lower case, by which agents know an appliance; null in older facts
     */
    public record Tls(
            boolean ok,
            @Nullable String protocol,
            @Nullable String subject,
            @Nullable String issuer,
            long problems,
            @Nullable String error,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            @Nullable String thumbprint) {

        public boolean trusted() {
            return (problems & CHAIN_ERRORS) == 0;
        }

        public boolean namesHost() {
            return (problems & NAME_MISMATCH) == 0;
        }
    }

    public boolean connected() {
        return outcome.equals("connected");
    }

    public String target() {
        return host + ":" + port;
    }
}
