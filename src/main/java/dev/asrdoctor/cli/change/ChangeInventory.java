package dev.asrdoctor.cli.change;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which fleet a window is of, for commands that read no server. */
final class ChangeInventory {
    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "The fleet's inventory. Default: ASRDOCTOR_INVENTORY, else inventory/fleet.yaml.")
    @Nullable Path file;
}
