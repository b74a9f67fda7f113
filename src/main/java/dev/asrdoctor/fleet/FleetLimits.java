package dev.asrdoctor.fleet;

import java.time.Duration;

/**
 * How hard a run may push.
 *
 * @param concurrency servers visited at the same time
 * @param serverDeadline wall-clock limit for one server, connecting included
 * @param startJitter the first connections are spread over this time
 */
public record FleetLimits(int concurrency, Duration serverDeadline, Duration startJitter) {
    public static final FleetLimits DEFAULT = new FleetLimits(200, Duration.ofSeconds(90), Duration.ofMillis(200));
}
