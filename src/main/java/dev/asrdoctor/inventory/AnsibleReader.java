package dev.asrdoctor.inventory;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.inventory.AnsibleGroups.Group;
import dev.asrdoctor.inventory.AnsibleOption.Plugin;
import dev.asrdoctor.inventory.AnsibleSource.Elsewhere;
import dev.asrdoctor.inventory.AnsibleValue.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Makes servers of an Ansible inventory: of the hosts whose connection is {@code winrm} or {@code psrp}, each by the
 * options of its own plugin, with {@code group_vars} and {@code host_vars} beside the file (docs/ansible.md).
 */
final class AnsibleReader {
    private static final String USUAL_CONNECTION = "ssh";
    private static final List<String> CONNECTIONS = List.of(
            "winrm", "psrp", "ssh", "paramiko_ssh", "paramiko", "local", "smart", "docker", "aws_ssm", "kubectl");

    private final Path source;
    private final Path folder;
    private final AnsibleCredentials credentials = new AnsibleCredentials();
    private final List<Server> servers = new ArrayList<>();
    private final List<Server> everybody = new ArrayList<>();
    private final List<String> assumed = new ArrayList<>();
    private final Map<String, List<Problem>> refused = new LinkedHashMap<>();
    private final Map<String, Elsewhere> elsewhere = new LinkedHashMap<>();
    private final Map<List<String>, Map<String, Variable>> merged = new HashMap<>();

    AnsibleReader(Path source) {
        this.source = source;
        Path parent = source.toAbsolutePath().getParent();
        this.folder = parent == null ? Path.of("") : parent;
    }

    Inventory read(AnsibleGroups inventory) throws ConfigException {
        inventory.settle();
        AnsibleFamily family = new AnsibleFamily(inventory);
        inventory.problems.throwIfAny();
        new AnsibleVariableFiles(folder, inventory.notes).addTo(inventory);
        inventory.hosts.forEach((name, host) -> host(name, host, inventory, family.groupsOf(name)));
        checkProcessServers(inventory);
        if (servers.isEmpty() && refused.isEmpty()) {
            throw new ConfigException(List.of(nobody()));
        }
        servers.removeIf(server -> refused.containsKey(server.name()));
        AnsibleSource ansible = new AnsibleSource(
                List.copyOf(everybody), refused, elsewhere, AnsibleRoster.of(inventory), inventory.notes.inOrder());
        return new Inventory(source, List.copyOf(servers), credentials.all, List.copyOf(assumed), ansible);
    }

    private void host(String name, AnsibleGroups.Host host, AnsibleGroups inventory, List<String> groups) {
        Problems problems = new Problems();
        AnsibleVariables variables = variables(name, host, inventory, groups, problems);
        SequencedSet<String> named = new LinkedHashSet<>(groups);
        named.remove(AnsibleGroups.UNGROUPED);
        List<String> connection = List.of(AnsibleOption.CONNECTION);
        Optional<String> said = variables.text(connection);
        Optional<Plugin> plugin = said.flatMap(AnsibleReader::plugin);
        if (problems.none() && plugin.isEmpty()) {
            if (said.isPresent() && isTypo(said.get())) {
                problems.add(
                        variables.at(connection, host.at),
                        "'" + said.get() + "' is no connection" + Suggestion.didYouMean(said.get(), CONNECTIONS));
            } else {
                elsewhere.put(name, new Elsewhere(said.orElse(USUAL_CONNECTION), said.isPresent(), host.at));
                everybody.add(InventoryReader.server(name, Settings.NONE, named));
                return;
            }
        }
        tellName(name, host.at, problems);
        Settings settings = new AnsibleHost(plugin.orElse(Plugin.WINRM), host.at, variables, problems)
                .settings(problems.none() ? credentials : new AnsibleCredentials(), inventory.notes);
        Server plain = InventoryReader.server(name, settings, named);
        Server server = plain.with(plain.connection().with(InventoryWords.of(plugin.orElse(Plugin.WINRM))));
        everybody.add(server);
        if (!problems.none()) {
            refused.put(name, problems.inOrder());
            return;
        }
        servers.add(server);
        if (settings.deployment() == null) {
            assumed.add(name);
        }
    }

    private static Optional<Plugin> plugin(String connection) {
        return switch (connection.replaceFirst("^ansible\\.(builtin|legacy)\\.", "")) {
            case "winrm" -> Optional.of(Plugin.WINRM);
            case "psrp" -> Optional.of(Plugin.PSRP);
            default -> Optional.empty();
        };
    }

    private static boolean isTypo(String connection) {
        String meant = Suggestion.didYouMean(connection, CONNECTIONS);
        return !CONNECTIONS.contains(connection) && (meant.contains("'winrm'") || meant.contains("'psrp'"));
    }

    private static void tellName(String name, Position at, Problems problems) {
        if (AnsibleRange.isIpv6(name)) {
            problems.add(at, "an IPv6 address is no name here; give the host a name and ansible_host=" + name);
        } else if (!InventoryReader.validName(name)) {
            problems.add(at, "a server's name has letters, digits, dots, hyphens and underscores only");
        }
    }

    /** As in Ansible, what stands in group_vars wins over what the inventory itself says of any group. */
    private AnsibleVariables variables(
            String name, AnsibleGroups.Host host, AnsibleGroups inventory, List<String> groups, Problems problems) {
        List<Group> holders = new ArrayList<>(List.of(inventory.group(AnsibleGroups.ALL)));
        groups.forEach(group -> holders.add(inventory.group(group)));
        Map<String, Variable> all = new HashMap<>(merged.computeIfAbsent(groups, g -> {
            Map<String, Variable> both = new HashMap<>();
            holders.forEach(group -> both.putAll(group.variables));
            holders.forEach(group -> both.putAll(group.fileVariables));
            return both;
        }));
        all.putAll(host.variables);
        all.putAll(host.fileVariables);
        Set<String> vaults = new LinkedHashSet<>(host.vaults);
        holders.forEach(group -> vaults.addAll(group.vaults));
        holders.forEach(group -> problems.addAll(group.unreadable));
        problems.addAll(host.unreadable);
        return new AnsibleVariables(name, all, vaults, problems);
    }

    private void checkProcessServers(AnsibleGroups inventory) {
        Set<String> names = inventory.hosts.keySet();
        for (Server server : servers) {
            String named = server.role().processServer();
            if (named != null && !names.contains(named)) {
                refused.put(
                        server.name(),
                        List.of(new Problem(
                                Objects.requireNonNull(inventory.hosts.get(server.name())).at,
                                "no host is called '" + named + "', which is named as asrdoctor_process_server"
                                        + Suggestion.didYouMean(named, names))));
            }
        }
    }

    private Problem nobody() {
        if (elsewhere.isEmpty()) {
            return new Problem(new Position(source.toString(), 1, 1), "the inventory has no hosts");
        }
        Position first = elsewhere.values().iterator().next().at();
        return new Problem(
                first,
                "Ansible reaches no host of this inventory by WinRM: " + Elsewhere.told(elsewhere)
                        + "; set ansible_connection=winrm (or psrp) for the servers that asrdoctor is for");
    }
}
