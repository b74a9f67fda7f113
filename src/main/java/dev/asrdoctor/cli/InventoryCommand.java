package dev.asrdoctor.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "inventory",
        synopsisSubcommandLabel = "COMMAND",
        description = "List, validate or begin an inventory; contacts no server.",
        subcommands = {InventoryListCommand.class, InventoryValidateCommand.class, InventoryInitCommand.class})
final class InventoryCommand {
    static final Path USUAL = Path.of("inventory", "fleet.yaml");

    private final Edges edges;

    InventoryCommand(Edges edges) {
        this.edges = edges;
    }

    /** What was named with -i, else in the environment, else the usual file. */
    Path file(@Nullable Path named) {
        if (named != null) {
            return named;
        }
        String fromEnvironment = edges.environment().getOrDefault("ASRDOCTOR_INVENTORY", "");
        return fromEnvironment.isEmpty() ? USUAL : Path.of(fromEnvironment);
    }
}
