package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.inventory.AnsibleGroups.Variable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ansible's YAML form: groups with {@code hosts}, {@code children} and {@code vars}. */
final class AnsibleYaml {
    private static final int DEEPEST = 32;

    private AnsibleYaml() {}

    /** Every name at the top is a group of Ansible's kind, and none is a word of asrdoctor's own inventory. */
    static boolean looksLike(Table file) {
        return !file.entries().isEmpty() && file.entries().stream().allMatch(AnsibleYaml::looksLikeGroup);
    }

    private static boolean looksLikeGroup(Table.Entry entry) {
        if (List.of("version", "servers", "groups", "credentials", "settings").contains(entry.name())) {
            return false;
        }
        if (!entry.value().isTable()) {
            return entry.value().isNull();
        }
        return entry.value().table().map(Table::entries).orElse(List.of()).stream()
                .allMatch(e -> List.of("hosts", "children", "vars").contains(e.name()));
    }

    static AnsibleGroups parse(Path path, Table file, Problems problems) {
        AnsibleGroups inventory = new AnsibleGroups(problems);
        Set<Position> seen = new HashSet<>();
        file.entries().forEach(entry -> readGroup(inventory, entry, 0, seen));
        return inventory;
    }

    private static void readGroup(AnsibleGroups inventory, Table.Entry entry, int depth, Set<Position> seen) {
        AnsibleGroups.Group group = inventory.group(entry.name());
        if (depth > DEEPEST) {
            inventory.problems.add(entry.at(), "groups are nested more than " + DEEPEST + " deep");
            return;
        }
        if (!seen.add(entry.at())) {
            // Reached again through an alias: it says the same, and aliases in aliases would never end.
            return;
        }
        entry.value().table().ifPresent(table -> {
            for (Table.Entry host : entries(table, "hosts")) {
                inventory.hosts(host.name(), variables(host.value()), group, host.at());
            }
            group.variables.putAll(table.get("vars").map(AnsibleYaml::variables).orElse(Map.of()));
            for (Table.Entry child : entries(table, "children")) {
                group.children.add(child.name());
                readGroup(inventory, child, depth + 1, seen);
            }
            table.rejectUnknown();
        });
    }

    private static List<Table.Entry> entries(Table table, String name) {
        return table.get(name).flatMap(Value::table).map(Table::entries).orElse(List.of());
    }

    /** Texts and numbers as they are; of tables only {@code asrdoctor_tags} matters, as {@code asrdoctor_tags.NAME}. */
    static Map<String, Variable> variables(Value value) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        if (!value.isTable()) {
            return variables;
        }
        for (Table.Entry entry : value.table().map(Table::entries).orElse(List.of())) {
            if (entry.value().isText()) {
                variables.put(entry.name(), new Variable(entry.value().text().orElseThrow(), entry.at()));
            } else if (entry.name().equals("ansible_winrm_transport")) {
                variables.put(
                        entry.name(),
                        new Variable(String.join(",", entry.value().texts()), entry.at()));
            } else if (entry.name().equals(AnsibleReader.TAGS) && entry.value().isTable()) {
                variables(entry.value()).forEach((name, tag) -> variables.put(AnsibleReader.TAGS + "." + name, tag));
            }
        }
        return variables;
    }
}
