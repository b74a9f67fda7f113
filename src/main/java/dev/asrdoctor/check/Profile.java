package dev.asrdoctor.check;

/** How much a run reads: {@code quick} takes seconds, {@code full} samples counters and tries connections. */
public enum Profile {
    QUICK,
    FULL
}
