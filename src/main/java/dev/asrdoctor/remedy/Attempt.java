package dev.asrdoctor.remedy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the journal tells of one attempt to heal a server.
 *
 * @param at when it was meant
 * @param by who meant it, as user at machine; empty in journals that do not tell
 * @param results verdict and reason by service; none where nobody has written down how it ended
 */
public record Attempt(
        String id, String server, Instant at, String by, List<String> services, Map<String, String> results) {
    public boolean ended() {
        return !results.isEmpty();
    }

    /** False where nothing was done after all, because another controller was at it. */
    boolean tried(String service) {
        return services.contains(service)
                && !results.getOrDefault(service, "").startsWith(StepResult.Verdict.NOT_TRIED.name());
    }

    boolean hadNoEffect(String service) {
        return results.getOrDefault(service, "").startsWith(StepResult.Verdict.NO_EFFECT.name());
    }

    boolean verified(String service) {
        return results.getOrDefault(service, "").startsWith(StepResult.Verdict.VERIFIED.name());
    }
}
