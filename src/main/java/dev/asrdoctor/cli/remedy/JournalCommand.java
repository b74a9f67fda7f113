package dev.asrdoctor.cli.remedy;

import dev.asrdoctor.cli.options.InventoryFile;
import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.cli.state.Earlier;
import dev.asrdoctor.cli.state.FleetState;
import dev.asrdoctor.cli.state.StateOption;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.report.json.JournalJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.JournalView;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.Journals;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "journal",
        description = "Show what was meant and what came of it; the chain of the journal is checked every time.",
        footer = {"", "Exit codes: 0 the chain holds, 2 there is no journal, or it is not as it was written."})
public final class JournalCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "A journal that a run has written with --journal; default: that of the fleet's state.")
    @Nullable Path journal;

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "The fleet's inventory. Default: ASRDOCTOR_INVENTORY, else inventory/fleet.yaml.")
    @Nullable Path inventory;

    @Mixin
    StateOption state = new StateOption();

    @Mixin
    Outputs output = new Outputs(Subject.JOURNAL);

    @Option(names = "--server", paramLabel = "NAME", description = "Only what concerns this server.")
    String server = "";

    @Option(names = "--verify", description = "Check the chain alone.")
    boolean verify;

    @SuppressWarnings("NullAway.Init")
    public JournalCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws UsageException, StoreException, IOException {
        output.check();
        Journals kept = kept();
        PrintWriter out = spec.commandLine().getOut();
        Journals.Whole told = kept.read();
        Journals.Chain chain = told.chain();
        int lines = chain.lines();
        if (verify) {
            out.println("The chain of " + kept.place() + " holds: " + Words.count(lines, "line")
                    + ", none changed."
                    + (chain.endsTorn() ? " A last one was not written whole and counts for nothing." : ""));
            return 0;
        }
        List<Attempt> attempts = told.attempts().stream()
                .filter(attempt -> server.isEmpty() || attempt.server().equalsIgnoreCase(server))
                .toList();
        output.write(new Report(JournalView.of(attempts, lines), new JournalJson(attempts)), out, edges);
        if (chain.endsTorn()) {
            spec.commandLine()
                    .getErr()
                    .println("asrdoctor: a last line of " + kept.place()
                            + " was not written whole, as when a machine goes down"
                            + " meanwhile; it counts for nothing, and the next run keeps it in " + kept.place()
                            + ".torn");
        }
        return 0;
    }

    /** The one that was named, else that of the state, else one from before there was a state. */
    private Journals kept() throws UsageException {
        PrintWriter err = spec.commandLine().getErr();
        FleetState fleet = state.of(InventoryFile.of(edges, inventory), Earlier.of(journal, null));
        Journals written = fleet.written();
        if (journal != null) {
            if (!written.isThere()) {
                throw new UsageException("there is no journal " + journal + "; name one with --journal");
            }
            return written;
        }
        List<Journals> there = new ArrayList<>(fleet.earlierJournals());
        if (written.isThere()) {
            there.addFirst(written);
        }
        if (there.isEmpty()) {
            throw new UsageException("there is no journal " + written.place()
                    + "; name the fleet with -i, its folder with --state, or a journal with --journal");
        }
        err.println("asrdoctor: this is the journal " + there.getFirst().place());
        there.stream()
                .skip(1)
                .forEach(other -> err.println("asrdoctor: another one counts too: " + other.place() + " (--journal)"));
        return there.getFirst();
    }
}
