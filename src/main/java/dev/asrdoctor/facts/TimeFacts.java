package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server keeps its clock (docs/facts.md, "Time").
 *
 * @param type {@code NTP}, {@code NT5DS}, {@code AllSync}, {@code NoSync}
 * @param servers names with flags, blank-separated, such as {@code time.windows.com,0x9}
 * @param lastKnownGood FILETIME as text, where this Windows keeps it
 * @param answers of its sources by SNTP; null where an older version has saved these facts, none where they were not asked
 * @param events of Microsoft-Windows-Time-Service in the last 7 days, newest first; no parameters
 */
public record TimeFacts(
        @Nullable String state,
        @Nullable String startType,
        @Nullable String type,
        @Nullable String servers,
        @Nullable String policyType,
        @Nullable String policyServers,
        @Nullable Long maxOffsetSeconds,
        @Nullable String lastKnownGood,
        boolean vmwareTools,
        @Nullable List<Answer> answers,
        List<ServiceEvent> events,
        @Nullable String eventsError) {

    /**
     * What a source said itself.
     *
     * @param source its place among the sources in force, counted from 0; the name stands there alone, since parts of a text that
     *     is no list of names may be parts of a secret
     * @param stratum null where it did not answer
     * @param aheadSeconds of the server's clock; null where it gave no time
     * @param error {@code name}, {@code answer} or {@code short}; null where it answered
     */
    public record Answer(
            String source,
            @Nullable Long stratum,
            @Nullable Long aheadSeconds,
            @Nullable String error) {}

    /** What counts of {@link #type} and a policy. */
    public @Nullable String typeInForce() {
        return policyType == null ? type : policyType;
    }
}
