package dev.asrdoctor.cli.options;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.cli.state.Earlier;
import dev.asrdoctor.cli.state.FleetState;
import dev.asrdoctor.cli.state.StateOption;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.store.StoreException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the change windows lie, whose servers' trouble is expected. */
public final class PlannedOption {
    @Mixin
    StateOption state = new StateOption();

    @Option(
            names = "--changes",
            paramLabel = "DIR",
            description = "Further change windows beside those of --state; what is wrong in an open one is marked as"
                    + " planned.")
    @Nullable Path changes;

    /**
     * The servers whose trouble is expected; where that cannot be told it is no reason not to check.
     *
     * @param inventory that was named, null for the usual one
     * @param err where it is said where windows are looked for, and that nobody knows
     */
    public OpenWindows read(Edges edges, @Nullable Path inventory, Instant now, PrintWriter err) {
        if (changes != null && !Files.exists(changes)) {
            err.println("asrdoctor: nothing is marked as planned by --changes: there is no folder " + changes);
        }
        FleetState fleet = state.of(InventoryFile.of(edges, inventory), Earlier.of(null, changes));
        try {
            fleet.told().forEach(err::println);
            return OpenWindows.read(fleet.windows(), now);
        } catch (StoreException e) {
            err.println("asrdoctor: nothing is marked as planned: " + e.getMessage());
            return OpenWindows.NONE;
        }
    }
}
