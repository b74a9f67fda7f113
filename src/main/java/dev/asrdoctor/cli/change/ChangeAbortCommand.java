package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Window;
import dev.asrdoctor.change.WindowStore;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "abort",
        description = "End a change without a verdict, for example because it was not made.",
        footer = {"", "Exit codes: 0 aborted, 2 usage or a file."})
public final class ChangeAbortCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CHANGE", description = "The change's number.")
    String id;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is recorded.")
    String reason;

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @SuppressWarnings("NullAway.Init")
    public ChangeAbortCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        if (reason.isBlank()) {
            throw new UsageException("--reason says nothing");
        }
        WindowStore store = change.store();
        String canonical = change.window(id).id();
        return change.alone(canonical, () -> {
            Window window = change.window(canonical);
            switch (window.state()) {
                case CLOSED, ABORTED ->
                    throw new UsageException(
                            window.id() + " is " + window.state().word() + " already");
                case OPENING, OPEN -> abort(store, window);
            }
            return 0;
        });
    }

    private void abort(WindowStore store, Window window) throws Exception {
        store.save(window.aborted(new Window.Event(edges.clock().instant(), edges.whoAndWhere(), "aborted", reason)));
        spec.commandLine().getOut().println(window.id() + " is aborted. Remediation looks after its servers again.");
    }
}
