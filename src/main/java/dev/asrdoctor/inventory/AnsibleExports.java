package dev.asrdoctor.inventory;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.Yaml11;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sources of Ansible's that are no inventory files; what they say, Ansible writes down for asrdoctor. */
final class AnsibleExports {
    static final String VAULT = "$ANSIBLE_VAULT";
    private static final Pattern TOML_SECTION =
            Pattern.compile("(?m)^\\s*\\[[^\\[\\]\\s]+\\.(hosts|vars|children)(\\.[^\\[\\]]+)?]\\s*$");
    private static final Pattern TOML_VALUE = Pattern.compile("(?m)^\\s*[\\w.\"-]+ = (\"|'|\\d|\\[|\\{|true|false)");

    private AnsibleExports() {}

    static void refuseFolder(Path path) throws ConfigException {
        if (Files.isDirectory(path)) {
            throw refusal(
                    path, new Position(path.toString(), 1, 1), "this is a folder, and asrdoctor reads one file", "");
        }
    }

    static void refuse(Path path, String text) throws ConfigException {
        Position begin = new Position(path.toString(), 1, 1);
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (text.startsWith(VAULT)) {
            throw refusal(
                    path,
                    begin,
                    "this file is encrypted by ansible-vault, which asrdoctor does not open",
                    " --ask-vault-password");
        }
        if (text.startsWith("#!") || name.endsWith(".py") || name.endsWith(".sh")) {
            throw refusal(path, begin, "this is a program that makes an inventory, and asrdoctor does not run it", "");
        }
        if (name.endsWith(".toml")
                || (TOML_SECTION.matcher(text).find()
                        && TOML_VALUE.matcher(text).find())) {
            throw refusal(path, begin, "this is an inventory in TOML, which asrdoctor does not read", "");
        }
    }

    static void refuse(Path path, Value root) throws ConfigException {
        for (Yaml11.Pair pair : Yaml11.pairs(root)) {
            if (pair.name().equals("plugin") && Yaml11.isScalar(pair.value())) {
                String plugin = Yaml11.scalar(pair.value()).text();
                throw refusal(
                        path,
                        pair.at(),
                        "this asks Ansible's inventory plugin '" + plugin + "', which asrdoctor cannot",
                        "");
            }
            if (pair.name().equals("_meta") && pair.value().isTable()) {
                throw refusal(
                        path,
                        pair.at(),
                        "this is what a program or 'ansible-inventory --list' prints, and no inventory file",
                        "");
            }
        }
    }

    private static ConfigException refusal(Path path, Position at, String what, String options) {
        return new ConfigException(List.of(new Problem(
                at,
                what + "; write it out with 'ansible-inventory -i " + path + options
                        + " --list --yaml --output FILE.yml' and give asrdoctor that file")));
    }
}
