package dev.asrdoctor.remedy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.lang3.EnumUtils;
import org.apache.commons.lang3.StringUtils;

/**
 * What the journal tells of one attempt to heal a server.
 *
 * @param at when it was meant
 * @param by who meant it, as user at machine; empty in journals that do not tell
 * @param takes restarts that were to let a service take what another step had set: its process id then, by service
 * @param results verdict and reason by service; none where nobody has written down how it ended
 */
public record Attempt(
        String id,
        String server,
        Instant at,
        String by,
        List<String> services,
        Map<String, String> takes,
        Map<String, String> results) {

    public Attempt(
            String id, String server, Instant at, String by, List<String> services, Map<String, String> results) {
        this(id, server, at, by, services, Map.of(), results);
    }

    Attempt with(Map<String, String> told) {
        return new Attempt(id, server, at, by, services, takes, told);
    }

    public boolean ended() {
        return !results.isEmpty();
    }

    /** Names of servers and of services are compared without regard to case, as Windows does. */
    boolean isOf(String name) {
        return server.equalsIgnoreCase(name);
    }

    /** False where nothing was done after all, because the server's lease could not be had. */
    boolean tried(String service) {
        return services.stream().anyMatch(service::equalsIgnoreCase) && !is(service, StepResult.Verdict::untried);
    }

    boolean hadNoEffect(String service) {
        return is(service, verdict -> verdict == StepResult.Verdict.NO_EFFECT);
    }

    boolean failed(String service) {
        return is(service, verdict -> verdict == StepResult.Verdict.FAILED);
    }

    boolean verified(String service) {
        return is(service, verdict -> verdict == StepResult.Verdict.VERIFIED);
    }

    /** Whether the server's lease could not be had, so that nothing of it was done. */
    boolean keptOut() {
        return ended() && services.stream().allMatch(service -> is(service, StepResult.Verdict::untried));
    }

    private boolean is(String service, Predicate<StepResult.Verdict> which) {
        return results.entrySet().stream()
                .filter(result -> result.getKey().equalsIgnoreCase(service))
                .flatMap(result -> verdict(result.getValue()).stream())
                .anyMatch(which);
    }

    private static Optional<StepResult.Verdict> verdict(String told) {
        return Optional.ofNullable(EnumUtils.getEnum(
                StepResult.Verdict.class, StringUtils.substringBefore(told, ":").strip()));
    }
}
