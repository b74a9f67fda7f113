package dev.asrdoctor.store;

import dev.asrdoctor.facts.Facts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Facts of servers, enough to judge again without asking anybody. */
public interface FactSet {
    /** For people. */
    String place();

    /** Keeps every visit whole or not at all; one of the same server takes the place of the earlier one. */
    void save(List<Visit> visits) throws IOException;

    /**
     * All of it, in an order that is always the same.
     *
     * @throws IOException with one line that names where it is kept and what is wrong, also where there is nothing
     */
    List<Visit> load() throws IOException;

    /** One server's facts; nothing where there are none, or none that can be read. */
    Optional<Facts> facts(String server);

    /** Tells whether it is still what it was; other facts have another one. */
    String fingerprint() throws IOException;
}
