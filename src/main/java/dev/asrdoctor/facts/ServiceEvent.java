package dev.asrdoctor.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of the Service Control Manager in the System log.
 *
 * @param id for example 7031 or 7034 (ended unexpectedly), 7000 (did not start), 7040 (start type changed)
 * @param parameters the event's insertion strings, in order; display names among them, no message text
 * @param by who stopped a service or changed its start type: an account, or a SID; null where nobody is named
 */
public record ServiceEvent(
        int id,
        Instant at,
        List<String> parameters,
        @Nullable String by) {
    public ServiceEvent(int id, Instant at, List<String> parameters) {
        this(id, at, parameters, null);
    }
}
