package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Window;
import dev.asrdoctor.change.WindowStore;
import dev.asrdoctor.cli.options.UntilConverter;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
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
    ChangeOptions change = new ChangeOptions();

    @SuppressWarnings("NullAway.Init")
    public ChangeExtendCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        Instant now = edges.clock().instant();
        Instant end = UntilConverter.parse(until, now, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        WindowStore store = change.store();
        String canonical = change.window(id).id();
        return change.alone(canonical, () -> {
            extend(store, change.window(canonical), now, end);
            return 0;
        });
    }

    private void extend(WindowStore store, Window window, Instant now, Instant end) throws Exception {
        if (window.state() != Window.State.OPEN) {
            throw new UsageException(window.id() + " is "
                    + (window.state() == Window.State.OPENING
                            ? "not open: whoever opened it was stopped in the middle; open it again"
                            : window.state().word() + ", so it cannot be extended"));
        }
        if (end.equals(window.until())) {
            throw new UsageException(window.id() + " ends at " + words(end) + " already");
        }
        String from = words(window.until()) + (window.expired(now) ? " (it had expired)" : "");
        store.save(window.extended(
                end,
                new Window.Event(
                        now,
                        edges.whoAndWhere(),
                        window.expired(now) ? Window.REOPENED : end.isBefore(window.until()) ? "shortened" : "extended",
                        "from " + from + " to " + words(end) + (reason.isBlank() ? "" : ": " + reason))));
        spec.commandLine().getOut().println(window.id() + " is open until " + words(end) + ".");
    }

    private static String words(Instant end) {
        return UntilConverter.words(end, ZoneId.systemDefault());
    }
}
