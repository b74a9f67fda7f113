package dev.asrdoctor.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Servers in the order of the file.
 *
 * @param servers those that can be visited
 * @param assumedDeployments names of the servers whose deployment the file does not say
 * @param ansible what else the file says where it is Ansible's; null where it is not
 */
public record Inventory(
        Path source,
        List<Server> servers,
        Map<String, Credential> credentials,
        List<String> assumedDeployments,
        @Nullable AnsibleSource ansible) {

    public Inventory(
            Path source, List<Server> servers, Map<String, Credential> credentials, List<String> assumedDeployments) {
        this(source, servers, credentials, assumedDeployments, null);
    }

    /** Every group's name, in alphabetical order. */
    public SequencedSet<String> groups() {
        TreeSet<String> groups = new TreeSet<>();
        servers.forEach(server -> groups.addAll(server.groups()));
        return groups;
    }

    /** Every host that a pattern can mean, whether it can be visited or not. */
    List<Server> everybody() {
        return ansible == null ? servers : ansible.everybody();
    }
}
