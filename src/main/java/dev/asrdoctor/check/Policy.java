package dev.asrdoctor.check;

import java.time.Duration;
import java.util.Set;

/**
 * Thresholds and exceptions that an administrator may set; see inventory/policy.yaml.
 *
 * @param pendingTooLong a service that stays in a pending state longer than this is stuck
 * @param delayedStartGrace how long after boot a service with delayed start may still be stopped
 * @param disabledOnPurpose short names of services that are left disabled without a finding and never started
 */
public record Policy(Duration pendingTooLong, Duration delayedStartGrace, Set<String> disabledOnPurpose) {
    public static final Policy DEFAULT = new Policy(Duration.ofMinutes(2), Duration.ofMinutes(5), Set.of());
}
