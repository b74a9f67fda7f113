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
        String text = YamlFile.text(path);
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
        Optional<Table> table = root.table();
        root.problems().throwIfAny();
        Table file = table.orElseThrow();
        if (AnsibleYaml.looksLike(file)) {
            return new AnsibleReader(path).read(AnsibleYaml.parse(path, file, root.problems()));
        }
        return new InventoryReader(path, root.problems()).read(file);
    }

    private static boolean looksLikeIni(Path path, String text) {
        String name = path.toString();
        if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
            return false;
        }
        return name.endsWith(".ini")
                || text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
                        .findFirst()
                        .map(line ->
                                line.startsWith("[") || !YAML_LINE.matcher(line).matches())
                        .orElse(false);
    }
}
