package dev.asrdoctor.check;

import dev.asrdoctor.facts.ServiceFact;
import java.time.Duration;
import java.util.Set;

/**
 * Thresholds and exceptions that an administrator may set; see inventory/policy.yaml.
 *
 * @param pendingTooLong a service that stays in a pending state longer than this is stuck
 * @param delayedStartGrace how long after boot a service with delayed start may still be stopped
 * @param disabledOnPurpose short or display names of services that are left disabled without a finding and never started
 */
public record Policy(Duration pendingTooLong, Duration delayedStartGrace, Set<String> disabledOnPurpose) {
    public static final Policy DEFAULT = new Policy(Duration.ofMinutes(2), Duration.ofMinutes(5), Set.of());

    public boolean namesAsDisabledOnPurpose(ServiceFact service) {
        return disabledOnPurpose.stream()
                .anyMatch(
                        name -> name.equalsIgnoreCase(service.name()) || name.equalsIgnoreCase(service.displayName()));
    }
}
