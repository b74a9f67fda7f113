package dev.asrdoctor.check;

import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.Setting;
import java.time.Duration;
import java.util.Set;

/** What the policy says of services; the figures stand in docs/facts.md. */
public final class ServiceLimits {
    public static final Setting<Duration> PENDING_TOO_LONG = Setting.time(
            "services",
            "pendingTooLong",
            Duration.ofMinutes(2),
            "a service that stays in a pending state longer is stuck");
    public static final Setting<Duration> DELAYED_START_GRACE = Setting.time(
            "services",
            "delayedStartGrace",
            Duration.ofMinutes(5),
            "after boot, a service with delayed start may still be stopped");
    public static final Setting<Set<String>> DISABLED_ON_PURPOSE = Setting.names(
            "services", "disabledOnPurpose", "short names of services that are left disabled, and never started");

    private ServiceLimits() {}

    public static boolean disabledOnPurpose(Policy policy, ServiceFact service) {
        return policy.get(DISABLED_ON_PURPOSE).stream()
                .anyMatch(
                        name -> name.equalsIgnoreCase(service.name()) || name.equalsIgnoreCase(service.displayName()));
    }
}
