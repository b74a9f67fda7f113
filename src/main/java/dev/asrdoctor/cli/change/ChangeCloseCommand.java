package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Close;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.remedy.PolicyFile;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.store.StoreException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "close",
        description = "End a change that was verified; remediation looks after its servers again.",
        footer = {"", "Exit codes: 0 closed, 1 its last verdict is FAIL, 2 usage or a file."})
public final class ChangeCloseCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CHANGE", description = "The change's number.")
    String id;

    @Option(names = "--force", description = "Close it although it did not pass.")
    boolean force;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is forced; it is recorded.")
    String reason = "";

    @Mixin
    ChangeInventory inventory = new ChangeInventory();

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @SuppressWarnings("NullAway.Init")
    public ChangeCloseCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        ChangeOptions.requireReason(force, reason);
        PrintWriter err = spec.commandLine().getErr();
        ChangeOptions.Kept kept = change.of(edges, inventory.file);
        Close close = new Close(
                edges.controller(err),
                kept.windows(),
                policy -> PolicyFile.load(policy.read()).policy());
        return kept.aloneWith(id, window -> told(window.id(), close.close(window, force ? reason : null), kept));
    }

    private int told(String window, Close.Closed closed, ChangeOptions.Kept kept) throws StoreException {
        if (!closed.closed()) {
            spec.commandLine().getErr().println("asrdoctor: " + closed.words());
            return ExitCode.PROBLEMS.code();
        }
        spec.commandLine()
                .getOut()
                .println(window + " is closed: " + closed.words() + (force ? " (forced: " + reason + ")" : "")
                        + ". Remediation looks after its servers again.");
        kept.tell(spec.commandLine().getErr());
        return ExitCode.HEALTHY.code();
    }
}
