package dev.asrdoctor.cli.remedy;

import dev.asrdoctor.cli.options.OutputFormat;
import dev.asrdoctor.cli.state.Stores;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.report.JournalText;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.store.Journals;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "journal",
        description = "Show what was meant and what came of it; the chain of the journal is checked every time.",
        footer = {"", "Exit codes: 0 the chain holds, 2 there is no journal, or it is not as it was written."})
public final class JournalCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("text", "json", "csv");

    @Spec
    CommandSpec spec;

    @Option(names = "--journal", paramLabel = "FILE", description = "The journal (default: ${DEFAULT-VALUE}).")
    Path journal = Path.of("asrdoctor-journal.jsonl");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (default), json or csv, to export it.")
    String format = "text";

    @Option(names = "--server", paramLabel = "NAME", description = "Only what concerns this server.")
    String server = "";

    @Option(names = "--verify", description = "Check the chain alone.")
    boolean verify;

    @SuppressWarnings("NullAway.Init")
    public JournalCommand() {}

    @Override
    public Integer call() throws UsageException, StoreException, IOException {
        OutputFormat.check(format, FORMATS);
        if (!Files.exists(journal)) {
            throw new UsageException("there is no journal " + journal + "; name one with --journal");
        }
        PrintWriter out = spec.commandLine().getOut();
        Journals kept = Stores.journal(journal);
        Journals.Chain chain = kept.chain();
        int lines = chain.lines();
        if (verify) {
            out.println("The chain of " + journal + " holds: " + Words.count(lines, "line")
                    + ", none changed."
                    + (chain.endsTorn() ? " A last one was not written whole and counts for nothing." : ""));
            return 0;
        }
        List<Attempt> attempts = kept.attempts().stream()
                .filter(attempt -> server.isEmpty() || attempt.server().equalsIgnoreCase(server))
                .toList();
        switch (format) {
            case "json" -> JournalText.json(attempts, out);
            case "csv" -> JournalText.csv(attempts, out);
            default -> JournalText.text(attempts, lines, out);
        }
        if (chain.endsTorn()) {
            spec.commandLine()
                    .getErr()
                    .println("asrdoctor: a last line of " + journal
                            + " was not written whole, as when a machine goes down"
                            + " meanwhile; it counts for nothing, and the next run keeps it in " + journal + ".torn");
        }
        return 0;
    }
}
