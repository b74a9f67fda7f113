package dev.asrdoctor.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can hold the upload back.
 *
 * @param throttle the MARS agent's throttle, member by member as its cmdlet tells it; null where it was not read
 * @param uploadThreads UploadThreadsPerVM; null means the default of 4
 * @param qos policies of the packet scheduler that limit how much is sent; null where they were not read
 * @param segmentsSentAgain TCP segments sent again within the window
 */
public record BandwidthFacts(
        @Nullable Map<String, String> throttle,
        @Nullable String throttleError,
        @Nullable Long uploadThreads,
        long windowMillis,
        List<Link> links,
        @Nullable Long segmentsSent,
        @Nullable Long segmentsSentAgain,
        @Nullable List<QosPolicy> qos) {

    /** A group policy that limits what it matches; {@code *} or nothing matches everything. */
    public record QosPolicy(
            String name,
            String application,
            @Nullable String protocol,
            @Nullable String localPort,
            @Nullable String remotePort,
            @Nullable String remoteAddress,
            @Nullable String url,
            long kilobytesPerSecond) {}

    /** One network link; growth within the window but for {@code errorsSinceBoot}. */
    public record Link(
            String name,
            long bitsPerSecond,
            @Nullable Long sentBytes,
            @Nullable Long errors,
            @Nullable Long discarded,
            long errorsSinceBoot) {}
}
