package dev.asrdoctor.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which folders virus scanners leave alone, as far as Windows can tell.
 *
 * @param defender whether Windows Defender answered
 * @param realTime whether Defender's real-time protection is on; null where neither its state nor its settings tell
 * @param mode for example {@code Normal}, {@code Passive Mode}
 * @param exclusions null where they could not be read; one that begins with {@code N/A:} says that they are hidden
 * @param mergeOff policy alone decides: local exclusions have no effect
 * @param policyError why the policy's exclusions could not be read, so that they may hold more than {@code policyPaths}; else
 *     null
 * @param drivers file system filters in the antivirus band of altitudes; null where one of them could not be looked at
 * @param scanners services of other scanners, of those that were asked for; null where they were not read
 * @param systemDrive the Windows folder
 */
public record AntivirusFacts(
        boolean defender,
        @Nullable String defenderError,
        @Nullable Boolean realTime,
        @Nullable String mode,
        @Nullable List<String> exclusions,
        List<String> policyPaths,
        boolean mergeOff,
        @Nullable String policyError,
        @Nullable List<String> drivers,
        @Nullable List<String> scanners,
        String systemDrive) {}
