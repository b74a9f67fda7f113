package dev.asrdoctor.cli.inventory;

import dev.asrdoctor.cli.options.InventoryFile;
import dev.asrdoctor.cli.terminal.Edges;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "inventory",
        synopsisSubcommandLabel = "COMMAND",
        description = "List, validate or begin an inventory; contacts no server.",
        subcommands = {InventoryListCommand.class, InventoryValidateCommand.class, InventoryInitCommand.class})
public final class InventoryCommand {
    private final Edges edges;

    public InventoryCommand(Edges edges) {
        this.edges = edges;
    }

    Edges edges() {
        return edges;
    }

    /** What was named with -i, else in the environment, else the usual file. */
    public Path file(@Nullable Path named) {
        return InventoryFile.of(edges, named);
    }
}
