package dev.asrdoctor.fleet;

import java.time.Duration;

/**
 * How hard a run may push.
 *
 * @param concurrency servers visited at the same time
 * @param serverDeadline wall-clock limit for one server, connecting included
 * @param startJitter the first connections are spread over this time
 * @param refusalsAllowed so many servers in a row may refuse a credential before it is not presented any more
 */
public record FleetLimits(int concurrency, Duration serverDeadline, Duration startJitter, int refusalsAllowed) {
    public static final FleetLimits DEFAULT = new FleetLimits(200, Duration.ofSeconds(90), Duration.ofMillis(200), 2);
}
