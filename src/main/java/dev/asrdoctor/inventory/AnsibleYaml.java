package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.Yaml11;
import dev.asrdoctor.inventory.AnsibleValue.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ansible's YAML form: groups with {@code hosts}, {@code children} and {@code vars}. */
final class AnsibleYaml {
    private static final int DEEPEST = 32;
    private static final List<String> OWN_WORDS = List.of("version", "servers", "groups", "credentials", "settings");
    private static final List<String> PARTS = List.of("hosts", "children", "vars");

    private final AnsibleGroups inventory;
    private final Set<Position> seen = new HashSet<>();

    private AnsibleYaml(AnsibleGroups inventory) {
        this.inventory = inventory;
    }

    /** Groups of Ansible's kind, and not asrdoctor's own inventory, whatever mistakes are in it. */
    static boolean looksLike(Value file) {
        List<Yaml11.Pair> pairs = Yaml11.pairs(file);
        if (pairs.isEmpty() || pairs.stream().anyMatch(pair -> pair.name().equals("version"))) {
            return false;
        }
        boolean group = pairs.stream()
                .anyMatch(pair -> Yaml11.pairs(pair.value()).stream().anyMatch(part -> PARTS.contains(part.name())));
        boolean own = pairs.stream().anyMatch(pair -> OWN_WORDS.contains(pair.name()));
        return group
                || (!own && pairs.stream().allMatch(pair -> pair.value().isTable() || Yaml11.isNothing(pair.value())));
    }

    static AnsibleGroups parse(Value file) {
        AnsibleGroups inventory = new AnsibleGroups(file.problems());
        AnsibleYaml yaml = new AnsibleYaml(inventory);
        for (Yaml11.Pair pair : Yaml11.pairs(file)) {
            if (pair.value().isTable() || Yaml11.isNothing(pair.value())) {
                yaml.group(pair, 0);
            } else {
                inventory.notes.add(pair.at(), "'" + pair.name() + "' is no group, so it is passed over");
            }
        }
        return inventory;
    }

    private void group(Yaml11.Pair pair, int depth) {
        if (!isText(pair, "group")) {
            return;
        }
        AnsibleGroups.Group group = inventory.group(pair.name());
        if (depth > DEEPEST) {
            inventory.problems.add(pair.at(), "groups are nested more than " + DEEPEST + " deep");
            return;
        }
        if (!seen.add(pair.at())) {
            // Reached again through an alias: it says the same, and aliases in aliases would never end.
            return;
        }
        for (Yaml11.Pair part : Yaml11.pairs(pair.value())) {
            switch (part.name()) {
                case "hosts" -> parts(part).forEach(host -> host(host, group));
                case "vars" -> variables(parts(part)).forEach((name, value) -> inventory.variable(name, group, value));
                case "children" ->
                    parts(part).forEach(child -> {
                        group(child, depth + 1);
                        if (child.name().equals(pair.name())) {
                            inventory.problems.add(child.at(), "the group '" + child.name() + "' contains itself");
                        } else {
                            group.children.putIfAbsent(child.name(), child.at());
                        }
                    });
                default -> odd(part);
            }
        }
    }

    private void odd(Yaml11.Pair part) {
        String meant = Suggestion.didYouMean(part.name(), PARTS);
        String known = "a group has hosts, children and vars";
        if (meant.isEmpty()) {
            inventory.notes.add(part.at(), "'" + part.name() + "' is passed over, as Ansible does: " + known);
        } else {
            inventory.problems.add(part.at(), "'" + part.name() + "' is passed over by Ansible: " + known + meant);
        }
    }

    /** The names within hosts, children or vars; a single text counts as a name. */
    private List<Yaml11.Pair> parts(Yaml11.Pair part) {
        Value value = part.value();
        if (value.isTable() || Yaml11.isNothing(value)) {
            return Yaml11.pairs(value);
        }
        if (Yaml11.isScalar(value) && Yaml11.scalar(value).kind() == Yaml11.Kind.TEXT) {
            return List.of(Yaml11.named(Yaml11.scalar(value).text(), value));
        }
        inventory.problems.add(
                value.at(),
                "'" + part.name() + "' has names with a colon each, such as ps1:, and not "
                        + (value.isList() ? "a list" : "this value"));
        return List.of();
    }

    private void host(Yaml11.Pair host, AnsibleGroups.Group group) {
        if (!isText(host, "host")) {
            return;
        }
        if (!host.value().isTable() && !Yaml11.isNothing(host.value())) {
            inventory.problems.add(
                    host.value().at(), "behind the host '" + host.name() + "' stand names with values, or nothing");
            return;
        }
        inventory.hosts(host.name(), variables(Yaml11.pairs(host.value())), group, host.at());
    }

    private boolean isText(Yaml11.Pair pair, String what) {
        if (!pair.isText() || pair.name().isEmpty()) {
            inventory.problems.add(
                    pair.at(), "'" + pair.name() + "' is no name of a " + what + " in YAML; put it in quotation marks");
            return false;
        }
        return true;
    }

    /** What stands in a file of variables; nothing where it is no table. */
    static Optional<Map<String, Variable>> fileVariables(Value root, List<Problem> problems) {
        if (Yaml11.isNothing(root)) {
            return Optional.of(Map.of());
        }
        if (!root.isTable()) {
            problems.add(new Problem(
                    root.at(),
                    "expected names with values here, not " + (root.isList() ? "a list" : "a single value")));
            return Optional.empty();
        }
        return Optional.of(variables(Yaml11.pairs(root)));
    }

    /** Of tables only {@code asrdoctor_tags} matters, as {@code asrdoctor_tags.NAME}. */
    private static Map<String, Variable> variables(List<Yaml11.Pair> pairs) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (Yaml11.Pair pair : pairs) {
            if (pair.name().equals(AnsibleOption.TAGS) && pair.value().isTable()) {
                Yaml11.pairs(pair.value())
                        .forEach(tag -> variables.put(
                                AnsibleOption.TAGS + "." + tag.name(), new Variable(value(tag.value()), tag.at())));
            } else {
                variables.put(pair.name(), new Variable(value(pair.value()), pair.at()));
            }
        }
        return variables;
    }

    private static AnsibleValue value(Value value) {
        if (value.isTable()) {
            return new AnsibleValue.Odd("names with values");
        }
        if (!Yaml11.isScalar(value)) {
            List<String> texts = new ArrayList<>();
            for (Value item : value.list()) {
                if (!Yaml11.isScalar(item) || !(scalar(Yaml11.scalar(item)) instanceof AnsibleValue.Text one)) {
                    return new AnsibleValue.Odd("a list");
                }
                texts.add(one.text());
            }
            return new AnsibleValue.Items(texts);
        }
        return scalar(Yaml11.scalar(value));
    }

    private static AnsibleValue scalar(Yaml11.Scalar scalar) {
        return switch (scalar.kind()) {
            case NOTHING -> new AnsibleValue.Nothing();
            case TEXT -> new AnsibleValue.Text(scalar.text());
            case TYPED, UNSAFE -> new AnsibleValue.Text(scalar.text(), true);
            case VAULTED -> new AnsibleValue.Vaulted();
            case ODD -> new AnsibleValue.Odd("'" + scalar.text() + "' without quotation marks");
        };
    }
}
