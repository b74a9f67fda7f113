package dev.asrdoctor.cli.change;

import dev.asrdoctor.cli.options.InventoryFile;
import dev.asrdoctor.cli.state.FleetState;
import dev.asrdoctor.cli.state.StateOption;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.store.Leases;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import dev.asrdoctor.text.Commands;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** Where change windows stand. */
final class ChangeOptions {
    @Mixin
    StateOption state = new StateOption();

    /** @param inventory that was named, null for the usual one */
    Kept of(Edges edges, @Nullable Path inventory) {
        return new Kept(state.of(InventoryFile.of(edges, inventory)));
    }

    /** What has to be typed with a command that goes on with a window, a blank before it; empty where nothing was. */
    String again(@Nullable Path inventory) {
        List<String> words = new ArrayList<>();
        if (inventory != null) {
            words.addAll(List.of("-i", Commands.value(inventory.toString()).orElse(inventory.toString())));
        }
        words.addAll(state.again());
        return words.isEmpty() ? "" : " " + String.join(" ", words);
    }

    /** @throws UsageException where what is forced has no reason, or what has one is not forced */
    static void requireReason(boolean force, String reason) throws UsageException {
        if (force && reason.isBlank()) {
            throw new UsageException("--force needs a --reason \"...\", which is recorded");
        }
        if (!force && !reason.isBlank()) {
            throw new UsageException("--reason goes with --force");
        }
    }

    /** The change windows of one fleet. */
    record Kept(FleetState state) {
        Windows windows() {
            return state.windows();
        }

        /** @throws UsageException where there is no such window, with the nearest that there is */
        Window window(String id) throws StoreException, UsageException {
            Optional<Window> found = windows().find(id);
            if (found.isPresent()) {
                return found.get();
            }
            List<String> known =
                    windows().contents().windows().stream().map(Window::id).toList();
            throw new UsageException("there is no change window '" + id + "' in " + state.place()
                    + (known.isEmpty()
                            ? ", and no other; it is kept beside the inventory that it was opened with: name that with"
                                    + " -i, or the folder with --state"
                            : "; 'asrdoctor change list -a' shows what there is" + Suggestion.didYouMean(id, known)));
        }

        /** Work on a window, as it stands while nobody else works on it. */
        interface Work<T> {
            T on(Window window) throws Exception;
        }

        /**
         * Does something with a window that is there, while no other asrdoctor works on it.
         *
         * @throws UsageException where there is no such window
         */
        <T> T aloneWith(String id, Work<T> work) throws Exception {
            // By the name that it was opened with.
            String named = window(id).id();
            return alone(named, () -> work.on(window(named)));
        }

        /** Where it was looked; a line each. */
        void tell(PrintWriter err) throws StoreException {
            state.told().forEach(err::println);
        }

        /** Does something while no other asrdoctor works on the window. */
        <T> T alone(String id, Callable<T> work) throws Exception {
            state.requireWritable();
            Leases.Lease lease = windows().take(id);
            try {
                return work.call();
            } finally {
                lease.close();
            }
        }
    }
}
