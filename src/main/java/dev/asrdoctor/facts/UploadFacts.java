package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the upload engine moved during the sampling window (docs/facts.md, "Bytes sent by a process").
 *
 * @param method {@code process-io}: the process's own counters, whose "other" transfers hold what goes to the network
 * @param marsBytes what the MARS agent itself counts as uploaded; null where it has no counter
 */
public record UploadFacts(
        String method,
        long windowMillis,
        List<EngineProcess> processes,
        @Nullable Long marsBytes) {

    /** Growth of one process's counters in the window. */
    public record EngineProcess(
            long id,
            @Nullable Long otherBytes,
            @Nullable Long readBytes,
            @Nullable Long writeBytes) {}

    /** Bytes a second, the closest that was measured. */
    public double bytesPerSecond() {
        long bytes = marsBytes != null && marsBytes > 0
                ? marsBytes
                : processes.stream()
                        .mapToLong(process -> process.otherBytes() == null ? 0 : process.otherBytes())
                        .sum();
        return windowMillis <= 0 ? 0 : bytes * 1000.0 / windowMillis;
    }
}
