package dev.asrdoctor.lab.wsman;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The moments at which a fault strikes.
 *
 * @param operation only then, and request numbers count these alone; null: the fault's own natural operation, or every request
 * @param first number of the first request struck, from 1
 * @param last number of the last request struck; {@link Long#MAX_VALUE} for all that follow
 * @param from since the endpoint started
 * @param until since the endpoint started, exclusive; null: for ever
 */
public record When(
        @Nullable Operation operation,
        long first,
        long last,
        Duration from,
        @Nullable Duration until) {

    public When {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("requests count from 1 upwards: " + first + " to " + last);
        }
    }

    public static When always() {
        return new When(null, 1, Long.MAX_VALUE, Duration.ZERO, null);
    }

    /** The n-th request alone, counted from 1. */
    public static When request(long n) {
        return new When(null, n, n, Duration.ZERO, null);
    }

    public static When requestsFrom(long n) {
        return new When(null, n, Long.MAX_VALUE, Duration.ZERO, null);
    }

    /** @param until null: for ever */
    public static When during(Duration from, @Nullable Duration until) {
        return new When(null, 1, Long.MAX_VALUE, from, until);
    }

    public When on(Operation only) {
        return new When(only, first, last, from, until);
    }

    boolean includes(long number, Duration sinceStart) {
        return number >= first
                && number <= last
                && sinceStart.compareTo(from) >= 0
                && (until == null || sinceStart.compareTo(until) < 0);
    }
}
