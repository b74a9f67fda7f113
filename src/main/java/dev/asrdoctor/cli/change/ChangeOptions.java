package dev.asrdoctor.cli.change;

import dev.asrdoctor.cli.state.Stores;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.store.Leases;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** Where change windows stand. */
final class ChangeOptions {
    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where change windows are kept (default: ${DEFAULT-VALUE}).")
    Path state = Path.of("asrdoctor-changes");

    Windows windows() {
        return Stores.windows(state);
    }

    /** @throws UsageException where there is no such window, with the nearest that there is */
    Window window(String id) throws StoreException, UsageException {
        Windows windows = windows();
        Optional<Window> found = windows.find(id);
        if (found.isPresent()) {
            return found.get();
        }
        List<String> known =
                windows.contents().windows().stream().map(Window::id).toList();
        throw new UsageException("there is no change window '" + id + "' in " + state
                + (known.isEmpty()
                        ? ", and no other; --state says where they are kept"
                        : "; 'asrdoctor change list -a' shows what there is" + Suggestion.didYouMean(id, known)));
    }

    /** Does something while no other asrdoctor works on the window. */
    <T> T alone(String id, Callable<T> work) throws Exception {
        try (Leases.Lease lease = windows().take(id)) {
            return work.call();
        }
    }
}
