package dev.asrdoctor.lab.wsman;

import java.time.Duration;
import java.util.List;

/** The times at which nothing listens at all. */
record Outages(List<When> times) {

    static Outages of(FaultPlan plan) {
        return new Outages(plan.rules().stream()
                .filter(rule -> rule.fault() instanceof WireFault.RefuseConnection)
                .map(FaultRule::when)
                .filter(when -> when.first() == 1 && when.last() == Long.MAX_VALUE)
                .toList());
    }

    boolean now(Duration sinceStart) {
        return times.stream().anyMatch(when -> when.includes(1, sinceStart));
    }

    boolean none() {
        return times.isEmpty();
    }
}
