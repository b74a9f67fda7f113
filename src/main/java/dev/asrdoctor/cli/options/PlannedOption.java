package dev.asrdoctor.cli.options;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.cli.state.Stores;
import dev.asrdoctor.store.StoreException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Option;

/** Where the change windows lie, whose servers' trouble is expected. */
public final class PlannedOption {
    private static final String FOLDER = "asrdoctor-changes";

    @Option(
            names = "--changes",
            paramLabel = "DIR",
            description =
                    "Change windows; what is wrong in an open one is marked as planned (default: ${DEFAULT-VALUE}).")
    Path changes = Path.of(FOLDER);

    /**
     * The servers whose trouble is expected; where that cannot be told it is no reason not to check.
     *
     * @param err where it is said that nobody knows
     */
    public OpenWindows read(Instant now, PrintWriter err) {
        if (!Files.exists(changes) && !changes.equals(Path.of(FOLDER))) {
            err.println("asrdoctor: nothing is marked as planned: there is no folder " + changes);
        }
        try {
            return OpenWindows.read(Stores.windows(changes), now);
        } catch (StoreException e) {
            err.println("asrdoctor: nothing is marked as planned: " + e.getMessage());
            return OpenWindows.NONE;
        }
    }
}
