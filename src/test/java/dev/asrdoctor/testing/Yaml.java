package dev.asrdoctor.testing;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.inventory.AnsibleSource;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;

/** Files written for a test, and the mistakes found in them. */
public final class Yaml {
    private Yaml() {}

    public static Path write(Path folder, String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static Inventory inventory(Path folder, String text) throws ConfigException {
        return InventoryLoader.load(write(folder, "fleet.yaml", text));
    }

    /** Mistakes as {@code LINE:COLUMN: message}, be it of the whole file or of hosts of it. */
    public static List<String> problems(Path file) {
        return allProblems(file).stream().map(Yaml::told).toList();
    }

    /** Mistakes of the whole file, or of hosts of it where the file can be read. */
    public static List<Problem> allProblems(Path file) {
        try {
            AnsibleSource ansible = InventoryLoader.load(file).ansible();
            Assertions.assertThat(ansible).as("%s has no mistake", file).isNotNull();
            return ansible.refusals();
        } catch (ConfigException e) {
            return e.problems();
        }
    }

    public static List<String> problems(Path folder, String text) {
        return problems(write(folder, "fleet.yaml", text));
    }

    public static String told(Problem problem) {
        return problem.at().line() + ":" + problem.at().column() + ": " + problem.message();
    }
}
