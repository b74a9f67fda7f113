package dev.asrdoctor.remoting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be learnt of a WinRM listener without an account.
 *
 * @param addresses that the name stands for, as IP addresses
 * @param otherPorts of WinRM that accept connections; looked for only where the configured one does not
 * @param certificate what the listener shows, trusted or not; null where nothing was shown
 * @param greeting null where no HTTP answer came
 * @param schemes that are offered, in the server's order; null where none were asked for
 * @param failure what ended it; null where everything was learnt
 */
public record Survey(
        List<String> addresses,
        List<Integer> otherPorts,
        @Nullable Shown certificate,
        @Nullable Greeting greeting,
        @Nullable List<String> schemes,
        @Nullable RemotingFailure failure) {

    /**
     * A TLS connection and the server's own certificate.
     *
     * @param protocol such as {@code TLSv1.3}
     * @param names subject alternative names, without their kinds
     * @param sha256 fingerprint, 64 lower-case hex digits
     */
    public record Shown(
            String protocol,
            String cipher,
            String subject,
            List<String> names,
            String issuer,
            Instant notBefore,
            Instant notAfter,
            String sha256) {}

    /**
     * The first HTTP answer, to Identify (DSP0226, 11) without an account.
     *
     * @param product vendor and version as Identify tells them; null where it was not answered
     * @param clockAhead how far the server's clock is ahead of this machine's, by the answer's Date header, to a second; null
     *     where there is none
     */
    public record Greeting(
            int status,
            @Nullable String server,
            @Nullable String product,
            @Nullable Duration clockAhead) {}
}
