package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Amend;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import java.io.PrintWriter;
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
    ChangeInventory inventory = new ChangeInventory();

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
        PrintWriter err = spec.commandLine().getErr();
        ChangeOptions.Kept kept = change.of(edges, inventory.file);
        Amend amend = new Amend(edges.controller(err), kept.windows());
        return kept.aloneWith(id, window -> {
            amend.abort(window, reason);
            spec.commandLine()
                    .getOut()
                    .println(window.id() + " is aborted. Remediation looks after its servers again.");
            kept.tell(err);
            return 0;
        });
    }
}
