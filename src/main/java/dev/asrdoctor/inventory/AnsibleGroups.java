package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.inventory.AnsibleValue.Text;
import dev.asrdoctor.inventory.AnsibleValue.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An Ansible inventory as it stands in its files: groups of hosts with variables, and which group holds which. */
final class AnsibleGroups {
    static final String ALL = "all";
    static final String UNGROUPED = "ungrouped";
    private static final String PRIORITY = "ansible_group_priority";

    /** What has variables of its own and in files beside the inventory. */
    static class Holder {
        final Map<String, Variable> variables = new LinkedHashMap<>();
        final Map<String, Variable> fileVariables = new LinkedHashMap<>();
        /** Files of variables that cannot be read; whoever they are meant for cannot be known. */
        final List<Problem> unreadable = new ArrayList<>();
        /** Files of variables that ansible-vault has encrypted. */
        final Set<String> vaults = new LinkedHashSet<>();
    }

    static final class Group extends Holder {
        final Set<String> hosts = new LinkedHashSet<>();
        final Map<String, Position> children = new LinkedHashMap<>();
        int priority = 1;
    }

    static final class Host extends Holder {
        final Position at;

        Host(Position at) {
            this.at = at;
        }
    }

    final Map<String, Group> groups = new LinkedHashMap<>();
    final Map<String, Host> hosts = new LinkedHashMap<>();
    /** What makes the whole file unusable. */
    final Problems problems;
    /** What is told and does no harm. */
    final Problems notes = new Problems();

    AnsibleGroups(Problems problems) {
        this.problems = problems;
        group(ALL).children.put(UNGROUPED, new Position("", 1, 1));
        group(UNGROUPED);
    }

    Group group(String name) {
        return groups.computeIfAbsent(name, n -> new Group());
    }

    /** Adds the hosts of a pattern, all with the same variables, to a group. */
    void hosts(String pattern, Map<String, Variable> variables, Group group, Position at) {
        AnsibleRange range;
        try {
            range = AnsibleRange.of(pattern);
        } catch (AnsibleRange.BadRange e) {
            problems.add(at, String.valueOf(e.getMessage()));
            return;
        }
        for (String name : range.names()) {
            Host host = hosts.get(name);
            if (host == null) {
                host = new Host(at);
                hosts.put(name, host);
                if (range.port() != null) {
                    host.variables.put("ansible_port", new Variable(new Text(String.valueOf(range.port())), at));
                }
            }
            host.variables.putAll(variables);
            group.hosts.add(name);
        }
    }

    void variable(String name, Group group, Variable value) {
        if (!name.equals(PRIORITY)) {
            group.variables.put(name, value);
        } else if (value.value() instanceof Text priority && priority.text().matches("[-+]?\\d{1,9}")) {
            group.priority = Integer.parseInt(priority.text());
        } else if (!(value.value() instanceof AnsibleValue.Nothing)) {
            problems.add(value.at(), PRIORITY + " is a whole number");
        }
    }

    /** Every group is within all, and a host that no group holds is in the group of those. */
    void settle() {
        Set<String> held = new LinkedHashSet<>();
        groups.forEach((name, group) -> {
            held.addAll(group.children.keySet());
        });
        groups.keySet().stream()
                .filter(name -> !name.equals(ALL) && !held.contains(name))
                .forEach(name -> group(ALL).children.put(name, new Position("", 1, 1)));
        Set<String> grouped = new LinkedHashSet<>();
        groups.forEach((name, group) -> {
            if (!name.equals(ALL) && !name.equals(UNGROUPED)) {
                grouped.addAll(group.hosts);
            }
        });
        Group ungrouped = group(UNGROUPED);
        ungrouped.hosts.removeAll(grouped);
        hosts.keySet().stream().filter(host -> !grouped.contains(host)).forEach(ungrouped.hosts::add);
    }
}
