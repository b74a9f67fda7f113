package dev.asrdoctor.cli.state;

import dev.asrdoctor.text.Commands;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a fleet's state is kept. */
public final class StateOption {
    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The fleet's change windows and journal; the same for every run of it" + " (default: "
                    + FleetState.FOLDER + " beside the inventory).")
    @Nullable Path folder;

    /** @param inventory that the fleet stands in, whether or not there is such a file */
    public FleetState of(Path inventory) {
        return of(inventory, Earlier.NONE);
    }

    /** @param earlier what else a command line names */
    public FleetState of(Path inventory, Earlier earlier) {
        return new FleetState(folder, inventory, earlier, Path.of(""));
    }

    /** As it is to be typed again, empty where it was not. */
    public List<String> again() {
        return folder == null
                ? List.of()
                : List.of("--state", Commands.value(folder.toString()).orElse(folder.toString()));
    }
}
