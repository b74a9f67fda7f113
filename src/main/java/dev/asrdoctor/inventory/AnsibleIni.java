package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.inventory.AnsibleGroups.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ansible's INI form: {@code [group]}, {@code [group:children]}, {@code [group:vars]}, hosts with variables. */
final class AnsibleIni {
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
                    inventory.group(section).children.add(line);
                    inventory.group(line);
                }
                case "vars" -> variable(inventory, inventory.group(section).variables, line, at);
                case "hosts" -> hosts(inventory, section, line, at);
                default -> {}
            }
        }
        return inventory;
    }

    private static void hosts(AnsibleGroups inventory, String group, String line, Position at) {
        List<String> words = words(line);
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            variable(inventory, variables, word, at);
        }
        List<String> names = AnsibleGroups.expand(words.getFirst());
        if (names.isEmpty()) {
            inventory.problems.add(at, "'" + words.getFirst() + "' is not a range such as ps[01:12]");
        }
        for (String name : names) {
            inventory.host(name, at).putAll(variables);
            inventory.group(group).hosts.add(name);
        }
    }

    private static void variable(AnsibleGroups inventory, Map<String, Variable> into, String text, Position at) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            inventory.problems.add(at, "expected NAME=VALUE, not '" + text + "'");
            return;
        }
        into.put(
                text.substring(0, equals).strip(),
                new Variable(unquoted(text.substring(equals + 1).strip()), at));
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** Words at blanks outside quotes; a word that starts with # begins a comment. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (char c : (line + " ").toCharArray()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                word.append(c);
            } else if (Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    if (word.charAt(0) == '#') {
                        break;
                    }
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                quote = c == '"' || c == '\'' ? c : 0;
                word.append(c);
            }
        }
        if (words.isEmpty()) {
            words.add(line);
        }
        return words;
    }
}
