package dev.asrdoctor.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * Servers in the order of the file.
 *
 * @param assumedDeployments names of the servers whose deployment the file does not say
 */
public record Inventory(
        Path source, List<Server> servers, Map<String, Credential> credentials, List<String> assumedDeployments) {

    /** Every group's name, in alphabetical order. */
    public SequencedSet<String> groups() {
        TreeSet<String> groups = new TreeSet<>();
        servers.forEach(server -> groups.addAll(server.groups()));
        return groups;
    }
}
