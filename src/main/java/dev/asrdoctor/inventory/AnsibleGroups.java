package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An Ansible inventory as it stands in its files: groups of hosts with variables, and which group holds which. */
final class AnsibleGroups {
    static final int DEEPEST = 100;
    static final int MOST_NAMES = 100_000;

    /** A variable's text and where it stands; tables and lists carry the text of {@code null}. */
    record Variable(String text, Position at) {}

    static final class Group {
        final Map<String, Variable> variables = new LinkedHashMap<>();
        final Map<String, Variable> fileVariables = new LinkedHashMap<>();
        final Set<String> hosts = new LinkedHashSet<>();
        final Set<String> children = new LinkedHashSet<>();
    }

    final Map<String, Group> groups = new LinkedHashMap<>();
    final Map<String, Map<String, Variable>> hosts = new LinkedHashMap<>();
    final Map<String, Position> hostsAt = new LinkedHashMap<>();
    final Problems problems;

    AnsibleGroups(Problems problems) {
        this.problems = problems;
        group("all");
    }

    Group group(String name) {
        return groups.computeIfAbsent(name, n -> new Group());
    }

    Map<String, Variable> host(String name, Position at) {
        hostsAt.putIfAbsent(name, at);
        return hosts.computeIfAbsent(name, n -> new LinkedHashMap<>());
    }

    /** Adds the hosts of a pattern, all with the same variables, to a group. */
    void hosts(String pattern, Map<String, Variable> variables, Group group, Position at) {
        List<String> names = expand(pattern);
        if (names.isEmpty()) {
            problems.add(at, "'" + pattern + "' is not a range such as ps[01:12]");
        }
        if (names.size() > MOST_NAMES) {
            problems.add(at, "'" + pattern + "' is more than " + MOST_NAMES + " hosts");
            return;
        }
        for (String name : names) {
            host(name, at).putAll(variables);
            group.hosts.add(name);
        }
    }

    /** Expands {@code ps[01:12].example} and {@code ps[a:c]}; a name without brackets is itself. */
    static List<String> expand(String pattern) {
        int open = pattern.indexOf('[');
        int close = pattern.indexOf(']', open + 1);
        if (open < 0 || close < 0) {
            return List.of(pattern);
        }
        String[] range = pattern.substring(open + 1, close).split(":", -1);
        List<String> names = new ArrayList<>();
        for (String middle : steps(range)) {
            for (String tail : expand(pattern.substring(close + 1))) {
                names.add(pattern.substring(0, open) + middle + tail);
                if (names.size() > MOST_NAMES) {
                    return names;
                }
            }
        }
        return names;
    }

    private static List<String> steps(String[] range) {
        List<String> steps = new ArrayList<>();
        if (range.length < 2 || range[0].isEmpty() || range[1].isEmpty()) {
            return steps;
        }
        if (range[0].matches("\\d{1,6}") && range[1].matches("\\d{1,6}")) {
            int by = range.length > 2 && range[2].matches("[1-9]\\d{0,4}") ? Integer.parseInt(range[2]) : 1;
            int width = range[0].startsWith("0") ? range[0].length() : 1;
            for (int i = Integer.parseInt(range[0]); i <= Integer.parseInt(range[1]); i += by) {
                steps.add(String.format(Locale.ROOT, "%0" + width + "d", i));
            }
        } else if (range[0].matches("[a-zA-Z]") && range[1].matches("[a-zA-Z]")) {
            for (char c = range[0].charAt(0); c <= range[1].charAt(0); c++) {
                steps.add(String.valueOf(c));
            }
        }
        return steps;
    }
}
