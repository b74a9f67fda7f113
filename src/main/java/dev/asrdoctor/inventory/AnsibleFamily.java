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
    static final int DEEPEST = 100;

    private final AnsibleGroups inventory;
    private final Map<String, Map<String, Position>> parents = new HashMap<>();
    private final Map<String, Set<String>> groupsOfHost = new HashMap<>();
    private final Map<Set<String>, List<String>> orders = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();

    /** @param inventory settled, so that everything is within the group of all */
    AnsibleFamily(AnsibleGroups inventory) {
        this.inventory = inventory;
        inventory.groups.forEach((name, group) -> {
            group.children.forEach((child, at) ->
                    parents.computeIfAbsent(child, c -> new HashMap<>()).put(name, at));
            group.hosts.forEach(host -> groupsOfHost
                    .computeIfAbsent(host, h -> new LinkedHashSet<>())
                    .add(name));
        });
        inventory.groups.keySet().forEach(group -> measure(group, new LinkedHashSet<>()));
    }

    /** Those whose variables count least first: by depth, then priority, then name. The group of all is left out. */
    List<String> groupsOf(String host) {
        return orders.computeIfAbsent(groupsOfHost.getOrDefault(host, Set.of()), this::ordered);
    }

    private List<String> ordered(Set<String> direct) {
        Set<String> found = new LinkedHashSet<>(direct);
        Deque<String> ahead = new ArrayDeque<>(found);
        while (!ahead.isEmpty()) {
            for (String parent : parents.getOrDefault(ahead.remove(), Map.of()).keySet()) {
                if (found.add(parent)) {
                    ahead.add(parent);
                }
            }
        }
        found.remove(AnsibleGroups.ALL);
        return found.stream()
                .sorted(Comparator.comparingInt((String group) -> depths.getOrDefault(group, 0))
                        .thenComparingInt(group -> inventory.group(group).priority)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private int measure(String group, Set<String> below) {
        Integer known = depths.get(group);
        if (known != null) {
            return known;
        }
        below.add(group);
        int depth = 0;
        for (Map.Entry<String, Position> parent :
                parents.getOrDefault(group, Map.of()).entrySet()) {
            if (below.contains(parent.getKey())) {
                inventory.problems.add(parent.getValue(), "the group '" + parent.getKey() + "' contains itself");
            } else if (below.size() >= DEEPEST) {
                inventory.problems.add(parent.getValue(), "the group '" + group + "' is nested too deeply");
            } else {
                depth = Math.max(depth, measure(parent.getKey(), below) + 1);
            }
        }
        below.remove(group);
        depths.put(group, depth);
        return depth;
    }
}
