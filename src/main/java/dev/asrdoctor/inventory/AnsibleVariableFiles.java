package dev.asrdoctor.inventory;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.config.Problems;
import dev.asrdoctor.config.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders {@code group_vars} and {@code host_vars} beside an Ansible inventory: for each name the first of a folder
 * or a file of that name, {@code NAME.yml}, {@code NAME.yaml} and {@code NAME.json}.
 */
final class AnsibleVariableFiles {
    private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");
    private static final int DEEPEST = 20;

    private final Path folder;
    private final Problems notes;

    AnsibleVariableFiles(Path folder, Problems notes) {
        this.folder = folder;
        this.notes = notes;
    }

    void addTo(AnsibleGroups inventory) {
        if (Files.isDirectory(folder.resolve("group_vars"))) {
            inventory.groups.forEach((name, group) -> read("group_vars", name, group));
        }
        if (Files.isDirectory(folder.resolve("host_vars"))) {
            inventory.hosts.forEach((name, host) -> read("host_vars", name, host));
        }
    }

    private void read(String kind, String name, AnsibleGroups.Holder into) {
        if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.matches("\\.+")) {
            return;
        }
        try {
            for (String ending : ENDINGS) {
                Path path = folder.resolve(kind).resolve(name + ending);
                if (Files.isDirectory(path)) {
                    files(path, 0, into).forEach(file -> variables(file, into));
                    return;
                } else if (Files.exists(path)) {
                    variables(path, into);
                    return;
                }
            }
        } catch (InvalidPathException e) {
            // No file of this machine can have such a name.
        }
    }

    private static List<Path> files(Path path, int depth, AnsibleGroups.Holder into) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> inside = Files.list(path)) {
            for (Path each : inside.sorted().toList()) {
                String name = String.valueOf(each.getFileName());
                String ending = ending(name);
                if (name.startsWith(".") || name.endsWith("~")) {
                    continue;
                }
                if (Files.isDirectory(each) && ending.isEmpty() && depth < DEEPEST) {
                    files.addAll(files(each, depth + 1, into));
                } else if (Files.isRegularFile(each) && ENDINGS.contains(ending)) {
                    files.add(each);
                }
            }
        } catch (IOException e) {
            into.unreadable.add(
                    new Problem(new Position(path.toString(), 1, 1), "the folder cannot be read: " + e.getMessage()));
        }
        return files;
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }

    private void variables(Path file, AnsibleGroups.Holder into) {
        try {
            String text = YamlFile.text(file);
            if (text.startsWith(AnsibleExports.VAULT)) {
                into.vaults.add(file.toString());
                notes.add(
                        new Position(file.toString(), 1, 1),
                        "this file is encrypted by ansible-vault, which asrdoctor does not open; what it sets is not"
                                + " known here");
                return;
            }
            if (text.lines()
                    .allMatch(line -> line.isBlank() || line.strip().startsWith("#") || line.startsWith("---"))) {
                return;
            }
            AnsibleYaml.fileVariables(YamlFile.parse(text, file.toString()), into.unreadable)
                    .ifPresent(into.fileVariables::putAll);
        } catch (ConfigException e) {
            into.unreadable.addAll(e.problems());
        }
    }
}
