package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.Endpoint;
import dev.asrdoctor.remoting.RemotingFailure;
import dev.asrdoctor.remoting.RemotingFailure.EndpointNotFound;
import dev.asrdoctor.remoting.RemotingFailure.HttpForbidden;
import dev.asrdoctor.remoting.RemotingFailure.HttpRefused;
import dev.asrdoctor.remoting.RemotingFailure.LogonFailed;
import dev.asrdoctor.remoting.RemotingFailure.NotWinRm;
import dev.asrdoctor.remoting.RemotingFailure.RemoteFault;
import dev.asrdoctor.remoting.RemotingFailure.ServiceUnavailable;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;

/** What an HTTP answer means when it brings no envelope. */
final class Statuses {
    private static final Duration TOLERATED_SKEW = Duration.ofMinutes(5);
    private static final long REQUEST_TOO_LARGE = 2150859025L;

    private Statuses() {}

    static RemotingFailure failure(HttpAnswer answer, Stage stage, Endpoint endpoint) {
        return switch (answer.status()) {
            case 403 -> new HttpForbidden(cleaned(answer.server()));
            case 404, 405 -> new EndpointNotFound(answer.status(), endpoint.path());
            case 413 -> new RemoteFault(stage, REQUEST_TOO_LARGE, "HTTP 413");
            case 503 -> new ServiceUnavailable(stage);
            default -> refused(answer, stage);
        };
    }

    /** Some statuses speak for themselves; the others mean what they mean only where WinRM's own HTTP service says them. */
    private static RemotingFailure refused(HttpAnswer answer, Stage stage) {
        int status = answer.status();
        String server = cleaned(answer.server());
        return switch (status) {
            case 301, 302, 303, 307, 308 -> new HttpRefused(stage, status, server, header(answer, "Location"));
            case 407 -> new HttpRefused(stage, status, server, header(answer, "Proxy-Authenticate"));
            case 408, 425, 429, 431, 494, 502, 504, 511 ->
                new HttpRefused(stage, status, server, PageHeading.of(answer));
            default -> {
                NotWinRm other =
                        new NotWinRm(stage, status, server, cleaned(answer.contentType()), PageHeading.of(answer));
                yield Strings.CI.startsWith(server, "Microsoft-HTTPAPI/") ? other.ofWinRm() : other;
            }
        };
    }

    private static String header(HttpAnswer answer, String name) {
        String value = cleaned(answer.headers().first(name));
        return value == null ? "" : name + ": " + value;
    }

    static LogonFailed logonFailed(HttpAnswer answer, String account, String scheme, boolean tls, InstantSource clock) {
        return new LogonFailed(account, scheme, tls, skew(answer, clock));
    }

    /** How far the server's clock is ahead, where that is more than five minutes either way. */
    static Optional<Duration> skew(HttpAnswer answer, InstantSource clock) {
        return skew(answer.headers().first("Date"), clock);
    }

    private static Optional<Duration> skew(@Nullable String date, InstantSource clock) {
        if (date == null) {
            return Optional.empty();
        }
        try {
            Instant there = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            Duration skew = Duration.between(clock.instant(), there);
            return Optional.of(skew).filter(found -> found.abs().compareTo(TOLERATED_SKEW) > 0);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String cleaned(@Nullable String text) {
        return text == null ? null : Words.clean(text);
    }
}
