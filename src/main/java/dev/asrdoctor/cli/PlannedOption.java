package dev.asrdoctor.cli;

import dev.asrdoctor.change.WindowStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the change windows lie, whose servers' trouble is expected. */
final class PlannedOption {
    @Option(
            names = "--changes",
            paramLabel = "DIR",
            description =
                    "Change windows; what is wrong in an open one is marked as planned (default: ${DEFAULT-VALUE}).")
    Path changes = Path.of(WindowStore.FOLDER);
}
