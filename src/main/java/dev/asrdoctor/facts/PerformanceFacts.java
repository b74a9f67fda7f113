package dev.asrdoctor.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Load over one window inside the run; null where a counter could not be read.
 *
 * @param committedPercent commit charge, as the portal shows memory (docs/facts.md, "Health figures")
 * @param diskWrittenBytes written to all disks within the window
 * @param earlier what runs of the last quarter of an hour have measured, newest first, if they were kept
 */
public record PerformanceFacts(
        long windowMillis,
        @Nullable Long cpuPercent,
        @Nullable Long committedPercent,
        @Nullable Long commitLimitBytes,
        @Nullable Long queueLength,
        @Nullable Long diskWrittenBytes,
        @Nullable List<Earlier> earlier) {

    /** What an earlier run measured. */
    public record Earlier(
            Instant at, @Nullable Long cpuPercent, @Nullable Long committedPercent) {}

    public List<Earlier> history() {
        return earlier == null ? List.of() : earlier;
    }

    public PerformanceFacts with(List<Earlier> history) {
        return new PerformanceFacts(
                windowMillis,
                cpuPercent,
                committedPercent,
                commitLimitBytes,
                queueLength,
                diskWrittenBytes,
                List.copyOf(history));
    }
}
