package dev.asrdoctor.lab;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Until when what was read stays the same while nothing of the world is changed. */
final class ModelLasts {
    private Instant until = Instant.MAX;

    /** It is no longer told once it is older than that. */
    void whileYoungerThan(Duration age, Instant event) {
        Instant end = event.plus(age);
        until = end.isBefore(until) ? end : until;
    }

    /** It grows. */
    void not() {
        until = Instant.MIN;
    }

    /** Null where it changes all the time. */
    @Nullable Instant until() {
        return until.equals(Instant.MIN) ? null : until;
    }
}
