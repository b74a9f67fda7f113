package dev.asrdoctor.product;

import java.util.List;

/**
 * Logs of one kind and which of their entries are brought back (docs/facts.md, "Logs").
 *
 * @param entry how an entry begins
 * @param bad what tells a failure
 * @param good what tells a success, whose it is in the groups {@code who} and {@code what}
 */
public record Log(String entry, String bad, String good, List<Place> places) {
    /**
     * @param root a name of a root, such as {@code serverRoot}
     * @param folder below it; empty for the root itself
     * @param files the pattern of their names
     */
    public record Place(String root, String folder, String files) {}

    public Log {
        places = List.copyOf(places);
    }
}
