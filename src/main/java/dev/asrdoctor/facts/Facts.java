package dev.asrdoctor.facts;

import java.time.Duration;
import java.time.Instant;

/**
 * Everything that one run read on one server. Each area stands alone: one that could not be read loses nothing else.
 *
 * @param server its name in the inventory
 * @param readAt when the answer arrived, by the controller's clock
 * @param took from sending the script to the end of its answer
 */
public record Facts(String server, Instant readAt, Duration took, Area<HostFacts> host, Area<ServicesFacts> services) {

    /** The version of the JSON form; a reader rejects a newer one. */
    public static final int VERSION = 1;
}
