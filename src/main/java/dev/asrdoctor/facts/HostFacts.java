package dev.asrdoctor.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The machine and the PowerShell that answered.
 *
 * @param osVersion for example {@code 10.0.14393}
 * @param culture the display language, for example {@code fr-FR}
 * @param utcNow the server's own clock when it answered
 * @param bootedAt null where it could not be read
 * @param utcOffsetMinutes how far its local time, in which logs are written, is ahead of UTC; null where it was not read
 * @param codePage the number of the code page that programs write text in which is no Unicode; null where it was not read
 */
public record HostFacts(
        String computerName,
        String osCaption,
        String osVersion,
        String culture,
        String psVersion,
        Instant utcNow,
        @Nullable Instant bootedAt,
        @Nullable Long utcOffsetMinutes,
        @Nullable String codePage) {

    public HostFacts(
            String computerName,
            String osCaption,
            String osVersion,
            String culture,
            String psVersion,
            Instant utcNow,
            @Nullable Instant bootedAt) {
        this(computerName, osCaption, osVersion, culture, psVersion, utcNow, bootedAt, null, null);
    }
}
