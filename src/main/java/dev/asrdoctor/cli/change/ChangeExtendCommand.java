package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Amend;
import dev.asrdoctor.cli.options.UntilConverter;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.text.Words;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "extend",
        description = "Let an open change last until another time; one that has expired is open again.",
        footer = {"", "Exit codes: 0 done, 2 usage or a file."})
public final class ChangeExtendCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CHANGE", description = "The change's number.")
    String id;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "TIME",
            description = "When it ends: 4h (from now), 06:00, 2026-11-24T06:00.")
    String until;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is recorded.")
    String reason = "";

    @Mixin
    ChangeInventory inventory = new ChangeInventory();

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @SuppressWarnings("NullAway.Init")
    public ChangeExtendCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        Instant now = edges.clock().instant();
        Instant end = UntilConverter.parse(until, now, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        PrintWriter err = spec.commandLine().getErr();
        ChangeOptions.Kept kept = change.of(edges, inventory.file);
        Amend amend = new Amend(edges.controller(err), kept.windows());
        return kept.aloneWith(id, window -> {
            amend.extend(window, now, end, reason);
            spec.commandLine()
                    .getOut()
                    .println(window.id() + " is open until " + Words.minute(end, ZoneId.systemDefault()) + ".");
            kept.tell(err);
            return 0;
        });
    }
}
