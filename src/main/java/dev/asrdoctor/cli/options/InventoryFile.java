package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Selection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which inventory a command reads, and what it is told of it. */
public final class InventoryFile {
    public static final Path USUAL = Path.of("inventory", "fleet.yaml");

    private static final int MOST_NOTES = 3;

    private InventoryFile() {}

    /** What is left out, and what an inventory of Ansible's has that does no harm; contacts nobody. */
    public static void tell(Inventory inventory, Selection.Chosen chosen, PrintWriter err) {
        if (!chosen.told().isEmpty()) {
            err.println(chosen.told());
        }
        if (inventory.ansible() != null) {
            List<Problem> notes = inventory.ansible().notes();
            notes.stream().limit(MOST_NOTES).forEach(note -> err.println("note: " + note));
            if (notes.size() > MOST_NOTES) {
                err.println("note: and " + (notes.size() - MOST_NOTES)
                        + " more, which 'asrdoctor inventory validate' tells");
            }
        }
        err.flush();
    }

    /** What was named with -i, else in the environment, else the usual file. */
    public static Path of(Edges edges, @Nullable Path named) {
        if (named != null) {
            return named;
        }
        String fromEnvironment = edges.environment().getOrDefault("ASRDOCTOR_INVENTORY", "");
        return fromEnvironment.isEmpty() ? USUAL : Path.of(fromEnvironment);
    }
}
