package dev.asrdoctor.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names of hosts and groups in the order in which Ansible counts them.
 *
 * @param groups with all and ungrouped
 */
record AnsibleRoster(Map<String, Members> groups, List<String> hosts) {

    /** What a group holds itself. */
    record Members(List<String> hosts, List<String> children) {}

    static AnsibleRoster of(AnsibleGroups inventory) {
        Map<String, Members> groups = new LinkedHashMap<>();
        inventory.groups.forEach((name, group) ->
                groups.put(name, new Members(List.copyOf(group.hosts), List.copyOf(group.children.keySet()))));
        return new AnsibleRoster(groups, List.copyOf(inventory.hosts.keySet()));
    }

    /** Of an inventory that is not Ansible's. */
    static AnsibleRoster of(List<Server> servers) {
        Map<String, List<String>> held = new LinkedHashMap<>();
        held.put(AnsibleGroups.ALL, new ArrayList<>());
        held.put(AnsibleGroups.UNGROUPED, new ArrayList<>());
        for (Server server : servers) {
            held.get(AnsibleGroups.ALL).add(server.name());
            Set<String> groups = server.groups().isEmpty() ? Set.of(AnsibleGroups.UNGROUPED) : server.groups();
            groups.forEach(
                    group -> held.computeIfAbsent(group, g -> new ArrayList<>()).add(server.name()));
        }
        Map<String, Members> groups = new LinkedHashMap<>();
        held.forEach((name, hosts) -> groups.put(name, new Members(hosts, List.of())));
        return new AnsibleRoster(groups, servers.stream().map(Server::name).toList());
    }

    Set<String> in(String group) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String each : descendants(group).names()) {
            hosts.addAll(members(each).hosts());
        }
        return hosts;
    }

    /** The hosts by number; nothing where Ansible itself has no order for them. */
    Optional<Set<String>> inOrder(String group) {
        return descendants(group).ordered() ? Optional.of(in(group)) : Optional.empty();
    }

    private Members members(String group) {
        return groups.getOrDefault(group, new Members(List.of(), List.of()));
    }

    private record Descendants(Set<String> names, boolean ordered) {}

    /** Level by level; the groups of one level are a set in Ansible, so several that hold others have no order. */
    private Descendants descendants(String group) {
        Set<String> names = new LinkedHashSet<>(List.of(group));
        Set<String> level = new LinkedHashSet<>(members(group).children());
        names.addAll(level);
        Set<String> seen = new LinkedHashSet<>();
        boolean ordered = true;
        while (!level.isEmpty()) {
            seen.addAll(level);
            Set<String> next = new LinkedHashSet<>();
            int holding = 0;
            for (String each : level) {
                List<String> unseen = members(each).children().stream()
                        .filter(child -> !seen.contains(child))
                        .toList();
                holding += unseen.isEmpty() ? 0 : 1;
                next.addAll(unseen);
            }
            ordered &= holding < 2 || next.size() < 2;
            names.addAll(next);
            level = next;
        }
        return new Descendants(names, ordered);
    }
}
