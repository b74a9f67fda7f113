package dev.asrdoctor.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

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

    /** With what came of it. */
    public Attempt with(Map<String, String> told) {
        return new Attempt(id, server, at, by, services, takes, told);
    }

    public boolean ended() {
        return !results.isEmpty();
    }

    /** Names of servers and of services are compared without regard to case, as Windows does. */
    public boolean isOf(String name) {
        return server.equalsIgnoreCase(name);
    }
}
