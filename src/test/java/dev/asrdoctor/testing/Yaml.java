package dev.asrdoctor.testing;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Problem;
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

    /** Mistakes as {@code LINE:COLUMN: message}. */
    public static List<String> problems(Path file) {
        return Assertions.catchThrowableOfType(ConfigException.class, () -> InventoryLoader.load(file))
                .problems()
                .stream()
                .map(Yaml::told)
                .toList();
    }

    public static List<String> problems(Path folder, String text) {
        return problems(write(folder, "fleet.yaml", text));
    }

    public static String told(Problem problem) {
        return problem.at().line() + ":" + problem.at().column() + ": " + problem.message();
    }
}
