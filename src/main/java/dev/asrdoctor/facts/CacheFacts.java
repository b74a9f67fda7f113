package dev.asrdoctor.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Data in the cache that waits for its upload.
 *
 * @param folder null where no process server is installed
 * @param complete false when the time was up before every folder had been looked into; the sums are then lower bounds
 * @param largestFolder the folder of a replicated disk where most is waiting
 */
public record CacheFacts(
        @Nullable String folder,
        boolean complete,
        long files,
        long bytes,
        @Nullable Instant oldestAt,
        @Nullable String largestFolder,
        long largestBytes) {}
