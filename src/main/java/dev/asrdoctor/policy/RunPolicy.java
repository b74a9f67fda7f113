package dev.asrdoctor.policy;

import java.time.Duration;

/**
 * How hard a run may push, and how long it waits.
 *
 * @param concurrency servers visited at the same time
 * @param serverDeadline wall-clock limit for one visit
 * @param stopAfterLogonFailures so many servers in a row may refuse a credential before it is not presented any more
 * @param startWait how long a started service may take to run
 * @param settle how long started services are watched before the proof is read
 */
public record RunPolicy(
        int concurrency, Duration serverDeadline, int stopAfterLogonFailures, Duration startWait, Duration settle) {
    public static final RunPolicy DEFAULT =
            new RunPolicy(200, Duration.ofSeconds(90), 2, Duration.ofSeconds(60), Duration.ofSeconds(5));

    /** So many at a time, or fewer where {@link #concurrency} is lower. */
    public RunPolicy atMostAtOnce(int servers) {
        return new RunPolicy(
                Math.clamp(servers, 1, concurrency), serverDeadline, stopAfterLogonFailures, startWait, settle);
    }
}
