package dev.asrdoctor.inventory;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Loads an inventory: asrdoctor's own YAML, or an Ansible inventory in YAML or INI as it is. */
public final class InventoryLoader {
    /** How YAML begins: a document's start, a directive, a flow table, or a name with a colon. */
    private static final Pattern YAML_LINE =
            Pattern.compile("(---|%|\\{).*|(\"[^\"]*\"|'[^']*'|[^\\s:=]+)\\s*:(\\s.*)?");

    private InventoryLoader() {}

    /** @throws ConfigException with every mistake, each with file, line and column */
    public static Inventory load(Path path) throws ConfigException {
        AnsibleExports.refuseFolder(path);
        String text = YamlFile.text(path);
        AnsibleExports.refuse(path, text);
        return looksLikeIni(path, text)
                ? new AnsibleReader(path).read(AnsibleIni.parse(path, text))
                : parse(path, text);
    }

    /**
     * Reads an inventory that is written in YAML.
     *
     * @param path where it stands, or what it is called where it stands nowhere
     */
    public static Inventory parse(Path path, String text) throws ConfigException {
        Value root = YamlFile.parse(text, path.toString());
        AnsibleExports.refuse(path, root);
        if (AnsibleYaml.looksLike(root)) {
            return new AnsibleReader(path).read(AnsibleYaml.parse(root));
        }
        Optional<Table> table = root.table();
        root.problems().throwIfAny();
        return new InventoryReader(path, root.problems()).read(table.orElseThrow());
    }

    /** As Ansible does, whatever a file in YAML is called may hold INI all the same. */
    private static boolean looksLikeIni(Path path, String text) {
        String name = path.toString();
        Optional<String> first = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
                .findFirst();
        if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
            return first.filter(line -> line.startsWith("[") && line.endsWith("]"))
                            .isPresent()
                    && !isYaml(path, text);
        }
        return name.endsWith(".ini")
                || first.map(line ->
                                line.startsWith("[") || !YAML_LINE.matcher(line).matches())
                        .orElse(false);
    }

    private static boolean isYaml(Path path, String text) {
        try {
            YamlFile.parse(text, path.toString());
            return true;
        } catch (ConfigException e) {
            return false;
        }
    }
}
