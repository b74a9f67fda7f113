package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which groups hold a host, through however many groups, and in which order their variables win. */
final class AnsibleFamily {
    private final Map<String, Set<String>> parents = new HashMap<>();
    private final Map<String, Set<String>> groupsOfHost = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();

    AnsibleFamily(AnsibleGroups inventory, Position at) {
        inventory.groups.forEach((name, group) -> {
            group.children.forEach(child ->
                    parents.computeIfAbsent(child, c -> new LinkedHashSet<>()).add(name));
            group.hosts.forEach(host -> groupsOfHost
                    .computeIfAbsent(host, h -> new LinkedHashSet<>())
                    .add(name));
        });
        for (String group : inventory.groups.keySet()) {
            measure(group, new LinkedHashSet<>(), inventory, at);
        }
    }

    /** Outermost first, then by name: later variables win. The group of all is left out. */
    List<String> groupsOf(String host) {
        Set<String> found = new LinkedHashSet<>(groupsOfHost.getOrDefault(host, Set.of()));
        Deque<String> ahead = new ArrayDeque<>(found);
        while (!ahead.isEmpty()) {
            for (String parent : parents.getOrDefault(ahead.remove(), Set.of())) {
                if (found.add(parent)) {
                    ahead.add(parent);
                }
            }
        }
        found.remove("all");
        return found.stream()
                .sorted(Comparator.comparing((String group) -> depths.getOrDefault(group, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private int measure(String group, Set<String> below, AnsibleGroups inventory, Position at) {
        Integer known = depths.get(group);
        if (known != null) {
            return known;
        }
        if (!below.add(group) || below.size() > AnsibleGroups.DEEPEST) {
            String why = below.size() > AnsibleGroups.DEEPEST ? "' is nested too deeply" : "' contains itself";
            inventory.problems.add(at, "the group '" + group + why);
            return 0;
        }
        int depth = 0;
        for (String parent : parents.getOrDefault(group, Set.of())) {
            depth = Math.max(depth, measure(parent, below, inventory, at) + 1);
        }
        below.remove(group);
        depths.put(group, depth);
        return depth;
    }
}
