package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.inventory.AnsibleValue.Variable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ansible's INI form: {@code [group]}, {@code [group:children]}, {@code [group:vars]}, hosts with variables. */
final class AnsibleIni {
    private static final Pattern SECTION = Pattern.compile("\\[([^:\\]\\s]+)(?::(\\w+))?]\\s*(?:#.*)?");
    private static final Pattern GROUP = Pattern.compile("([^:\\]\\s]+)\\s*(?:#.*)?");
    private static final List<String> KINDS = List.of("hosts", "children", "vars");

    private final AnsibleGroups inventory = new AnsibleGroups(new Problems());
    /** Groups that are only spoken of, with the place and what is said there. */
    private final Map<String, Spoken> undefined = new LinkedHashMap<>();

    /** Groups that others hold before they are defined; as in Ansible they come into those at their definition. */
    private final Map<String, Map<String, Position>> awaited = new LinkedHashMap<>();

    private String section = AnsibleGroups.UNGROUPED;
    private String kind = "hosts";

    private record Spoken(Position at, String how) {}

    private AnsibleIni() {}

    static AnsibleGroups parse(Path path, String text) {
        AnsibleIni ini = new AnsibleIni();
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
                ini.line(line, new Position(path.toString(), number, raw.indexOf(line) + 1));
            }
        }
        ini.tellUndefined();
        return ini.inventory;
    }

    private void line(String line, Position at) {
        Matcher matcher = SECTION.matcher(line);
        if (matcher.matches()) {
            begin(matcher.group(1), Optional.ofNullable(matcher.group(2)).orElse("hosts"), at);
        } else if (line.startsWith("[") && line.endsWith("]")) {
            inventory.problems.add(
                    at,
                    AnsibleRange.isIpv6(line)
                            ? "an IPv6 address needs a port behind the brackets; give the host a name and ansible_host="
                                    + line.substring(1, line.length() - 1)
                            : "a section is [group], [group:children] or [group:vars], without blanks");
            kind = "";
        } else if (line.startsWith("[") && line.indexOf(']') < 0) {
            inventory.problems.add(at, "a section ends with ]");
            kind = "";
        } else {
            switch (kind) {
                case "children" -> child(line, at);
                case "vars" -> {
                    variable(line, at)
                            .ifPresent(v -> inventory.variable(v.name(), inventory.group(section), v.value()));
                }
                case "hosts" -> hosts(line, at);
                default -> {
                    // Whatever follows a section that cannot be read belongs to it.
                }
            }
        }
    }

    private void begin(String name, String what, Position at) {
        section = name;
        kind = what;
        if (!KINDS.contains(what)) {
            inventory.problems.add(
                    at,
                    "unknown kind of section ':" + what + "'; known are :children and :vars"
                            + Suggestion.didYouMean(what, KINDS));
            kind = "";
            return;
        }
        if (!what.equals("vars")) {
            undefined.remove(name);
            inventory.group(name);
            Map<String, Position> parents =
                    Optional.ofNullable(awaited.remove(name)).orElse(Map.of());
            parents.forEach((parent, where) -> inventory.group(parent).children.putIfAbsent(name, where));
        } else if (!inventory.groups.containsKey(name)) {
            undefined.putIfAbsent(name, new Spoken(at, "[" + name + ":vars] speaks of"));
            inventory.group(name);
        }
    }

    private void child(String line, Position at) {
        Matcher matcher = GROUP.matcher(line);
        if (!matcher.matches()) {
            inventory.problems.add(at, "one name of a group stands on a line here");
            return;
        }
        String child = matcher.group(1);
        if (child.equals(section)) {
            inventory.problems.add(at, "the group '" + section + "' contains itself");
            return;
        }
        if (inventory.groups.containsKey(child)) {
            inventory.group(section).children.putIfAbsent(child, at);
        } else {
            undefined.putIfAbsent(child, new Spoken(at, "[" + section + ":children] names"));
            awaited.computeIfAbsent(child, c -> new LinkedHashMap<>()).putIfAbsent(section, at);
        }
    }

    private void tellUndefined() {
        Set<String> known = new TreeSet<>(inventory.groups.keySet());
        known.removeAll(undefined.keySet());
        undefined.forEach((name, spoken) -> {
            if (inventory.hosts.containsKey(name) && spoken.how().endsWith("names")) {
                inventory.problems.add(
                        spoken.at(), "'" + name + "' is a host; in a section ':children' stand groups alone");
            } else {
                inventory.problems.add(
                        spoken.at(),
                        spoken.how() + " the group '" + name + "', which the file does not have"
                                + Suggestion.didYouMean(name, known));
            }
        });
    }

    private void hosts(String line, Position at) {
        Optional<List<String>> split = ShellWords.split(line);
        if (split.isEmpty()) {
            inventory.problems.add(at, "a quotation mark is opened here and not closed");
            return;
        }
        List<String> words = split.get();
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            variable(word, at).ifPresent(v -> variables.put(v.name(), v.value()));
        }
        String pattern = words.getFirst();
        if (pattern.endsWith(":") || pattern.equals("---")) {
            inventory.problems.add(
                    at, "'" + pattern + "' is YAML; a file in YAML is called .yml or .yaml, or has no ending");
            return;
        }
        inventory.hosts(pattern, variables, inventory.group(section), at);
    }

    private record Named(String name, Variable value) {}

    private Optional<Named> variable(String text, Position at) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            // What was written may be the rest of a password with a blank in it.
            inventory.problems.add(at, "expected NAME=VALUE; a value with a blank stands in quotation marks");
            return Optional.empty();
        }
        boolean own = kind.equals("vars");
        String name = text.substring(0, equals);
        String value = text.substring(equals + 1);
        return Optional.of(new Named(
                own ? name.strip() : name, new Variable(PythonLiteral.read(own ? value.strip() : value), at)));
    }
}
