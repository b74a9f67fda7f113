package dev.asrdoctor.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the journal remembers. */
public sealed interface JournalEntry {
    Instant at();

    /** Ties an outcome to its intent. */
    String attempt();

    String server();

    /**
     * @param services what the journal counts the steps by
     * @param takes restarts that let a service take what another step sets: the process to be replaced, by service
     * @param undo how a person takes back what can be taken back, by step
     */
    record Intent(
            Instant at,
            String attempt,
            String server,
            List<String> services,
            Map<String, String> takes,
            Map<String, String> undo)
            implements JournalEntry {
        /** Of steps that no other step rests on. */
        public Intent(Instant at, String attempt, String server, List<String> services, Map<String, String> undo) {
            this(at, attempt, server, services, Map.of(), undo);
        }
    }

    /** @param results verdict and reason by service */
    record Done(Instant at, String attempt, String server, Map<String, String> results) implements JournalEntry {}

    /**
     * What a second look changed of an attempt that has ended.
     *
     * @param results verdict and reason by service
     */
    record Looked(Instant at, String attempt, String server, Map<String, String> results) implements JournalEntry {}
}
