package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.inventory.AnsibleGroups.Variable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ansible's INI form: {@code [group]}, {@code [group:children]}, {@code [group:vars]}, hosts with variables. */
final class AnsibleIni {
    private static final Pattern LITERAL = Pattern.compile("(\\d+|\"[^\"]*\"|'[^']*')(?:\\s+#.*)?");

    private AnsibleIni() {}

    static AnsibleGroups parse(Path path, String text) {
        AnsibleGroups inventory = new AnsibleGroups(new Problems());
        String section = "ungrouped";
        String kind = "hosts";
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            Position at = new Position(path.toString(), number, raw.indexOf(line) + 1);
            if (line.startsWith("[")) {
                int close = line.indexOf(']');
                if (close < 0) {
                    inventory.problems.add(at, "a section ends with ]");
                    continue;
                }
                String[] parts = line.substring(1, close).strip().split(":", 2);
                section = parts[0];
                kind = parts.length > 1 ? parts[1] : "hosts";
                inventory.group(section);
                if (!kind.equals("hosts") && !kind.equals("children") && !kind.equals("vars")) {
                    inventory.problems.add(
                            at, "unknown kind of section ':" + kind + "'; known are :children and :vars");
                }
                continue;
            }
            switch (kind) {
                case "children" -> {
                    String child = line.split("\\s", 2)[0];
                    inventory.group(section).children.add(child);
                    inventory.group(child);
                }
                case "vars" -> variable(inventory, inventory.group(section).variables, line, at);
                case "hosts" -> hosts(inventory, section, line, at);
                default -> {}
            }
        }
        return inventory;
    }

    private static void hosts(AnsibleGroups inventory, String group, String line, Position at) {
        Optional<List<String>> split = ShellWords.split(line);
        if (split.isEmpty()) {
            inventory.problems.add(at, "a quotation mark is opened here and not closed");
            return;
        }
        List<String> words = split.get();
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            variable(inventory, variables, word, at);
        }
        inventory.hosts(words.getFirst(), variables, inventory.group(group), at);
    }

    private static void variable(AnsibleGroups inventory, Map<String, Variable> into, String text, Position at) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            // What was written may be the rest of a password with a blank in it.
            inventory.problems.add(at, "expected NAME=VALUE; a value with a blank stands in quotation marks");
            return;
        }
        into.put(
                text.substring(0, equals).strip(),
                new Variable(literal(text.substring(equals + 1).strip()), at));
    }

    /** As Ansible reads a literal: without its quotation marks, and a comment may follow. */
    private static String literal(String text) {
        Matcher matcher = LITERAL.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        String literal = matcher.group(1);
        return Character.isDigit(literal.charAt(0)) ? literal : literal.substring(1, literal.length() - 1);
    }
}
