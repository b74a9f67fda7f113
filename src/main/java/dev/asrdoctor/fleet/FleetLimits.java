package dev.asrdoctor.fleet;

import java.time.Duration;

/**
 * How hard a run may push.
 *
 * @param concurrency servers visited at the same time
 * @param serverDeadline wall-clock limit for one server, connecting included
 * @param startInterval between the beginnings of the first visits. All at once they would get on step by step together: no
 *     script would run anywhere until nearly all are sent, and domain controllers would see them all in one moment
 */
public record FleetLimits(int concurrency, Duration serverDeadline, Duration startInterval) {
    public static final FleetLimits DEFAULT = new FleetLimits(200, Duration.ofSeconds(90), Duration.ofMillis(2));
}
