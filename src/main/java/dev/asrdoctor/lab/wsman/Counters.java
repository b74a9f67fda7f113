package dev.asrdoctor.lab.wsman;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what an endpoint was asked to do and finds the faults planned for each moment. */
final class Counters {
    private final FaultPlan plan;
    private final Clock clock;
    private final Instant start;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong logonFailures = new AtomicLong();
    private final Map<Operation, AtomicLong> operations = new ConcurrentHashMap<>();

    Counters(FaultPlan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Counts one request, whatever it may turn out to be. */
    long countRequest() {
        return requests.incrementAndGet();
    }

    /** @param requestNumber as {@link #countRequest} gave it, or 0 for what is no request */
    List<WireFault> at(Operation operation, long requestNumber) {
        long number =
                operations.computeIfAbsent(operation, any -> new AtomicLong()).incrementAndGet();
        return plan.at(new FaultPlan.Moment(operation, requestNumber, number, elapsed()));
    }

    Duration elapsed() {
        return Duration.between(start, clock.instant());
    }

    long requests() {
        return requests.get();
    }

    void countLogonFailure() {
        logonFailures.incrementAndGet();
    }

    long logonFailures() {
        return logonFailures.get();
    }

    Map<Operation, Long> operations() {
        Map<Operation, Long> counts = new EnumMap<>(Operation.class);
        operations.forEach((operation, count) -> counts.put(operation, count.get()));
        return counts;
    }
}
