package dev.asrdoctor.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was read of the servers of a change at one time, and what went with it. */
public interface Evidence {
    /** For people; {@code name} is that of something beside the facts. */
    String place(String name);

    /** For people. */
    String place();

    /**
     * What is kept.
     *
     * @param facts fingerprint of the facts
     * @param beside SHA-256 by name
     */
    record Kept(String facts, Map<String, String> beside) {
        public Kept {
            beside = Map.copyOf(beside);
        }
    }

    /** Keeps all of it or nothing, in place of what was there. */
    Kept keep(List<Visit> visits, Map<String, byte[]> beside) throws IOException;

    FactSet facts();

    /** @return nothing where nothing of that name was kept */
    Optional<byte[]> beside(String name) throws IOException;

    /** Nothing happens where there is nothing. */
    void delete() throws IOException;
}
