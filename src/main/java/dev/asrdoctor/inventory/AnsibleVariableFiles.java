package dev.asrdoctor.inventory;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.inventory.AnsibleGroups.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folders {@code group_vars} and {@code host_vars} beside an Ansible inventory: a file, or a folder of files, for
 * each name.
 */
final class AnsibleVariableFiles {
    private final Path folder;
    private final Problems problems;

    AnsibleVariableFiles(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    void addTo(AnsibleGroups inventory) {
        inventory.groups.forEach((name, group) -> read("group_vars", name, group.fileVariables));
        inventory.hosts.forEach((name, variables) -> read("host_vars", name, variables));
    }

    private void read(String kind, String name, Map<String, Variable> into) {
        if (!InventoryReader.validName(name)) {
            return;
        }
        Path base = folder.resolve(kind);
        for (String suffix : List.of("", ".yml", ".yaml", ".json")) {
            for (Path file : files(base.resolve(name + suffix))) {
                into.putAll(variables(file));
            }
        }
    }

    private List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return Files.isRegularFile(path) ? List.of(path) : List.of();
        }
        try (Stream<Path> inside = Files.walk(path)) {
            return inside.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("[^.~]+(\\.(yml|yaml|json))?"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(new Position(path.toString(), 1, 1), "the folder cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private Map<String, Variable> variables(Path file) {
        try {
            String text = YamlFile.text(file);
            if (text.startsWith(AnsibleReader.VAULT)) {
                problems.add(
                        new Position(file.toString(), 1, 1),
                        "this file is encrypted by ansible-vault, which asrdoctor does not open; put the password into"
                                + " an environment variable and use {{ lookup('env', 'NAME') }}");
                return Map.of();
            }
            if (text.lines().allMatch(line -> line.isBlank() || line.startsWith("#") || line.startsWith("---"))) {
                return Map.of();
            }
            Value root = YamlFile.parse(text, file.toString());
            if (root.table().isEmpty()) {
                problems.addAll(root.problems().inOrder());
                return Map.of();
            }
            Map<String, Variable> variables = AnsibleYaml.variables(root);
            problems.addAll(root.problems().inOrder());
            return variables;
        } catch (ConfigException e) {
            problems.addAll(e.problems());
            return Map.of();
        }
    }
}
