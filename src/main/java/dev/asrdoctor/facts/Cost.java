package dev.asrdoctor.facts;

import java.util.Map;

/**
 * What a script cost the server that ran it.
 *
 * @param elapsedMillis from its first line to its answer
 * @param cpuMillis processor time of the PowerShell process, its start included
 * @param peakBytes largest working set of that process
 * @param areaMillis by area
 * @param sentBytes characters of the script
 * @param receivedBytes characters of the answer
 */
public record Cost(
        long elapsedMillis,
        long cpuMillis,
        long peakBytes,
        Map<String, Long> areaMillis,
        long sentBytes,
        long receivedBytes) {

    public Cost withBytes(long sent, long received) {
        return new Cost(elapsedMillis, cpuMillis, peakBytes, areaMillis, sent, received);
    }
}
