package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.Verdict;
import dev.asrdoctor.change.Window;
import dev.asrdoctor.change.WindowStore;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.report.ExitCode;
import java.io.PrintWriter;
import java.util.Optional;
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
    ChangeOptions change = new ChangeOptions();

    @SuppressWarnings("NullAway.Init")
    public ChangeCloseCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        if (force && reason.isBlank()) {
            throw new UsageException("--force needs a --reason \"...\", which is recorded");
        }
        if (!force && !reason.isBlank()) {
            throw new UsageException("--reason goes with --force");
        }
        WindowStore store = change.store();
        String canonical = change.window(id).id();
        PrintWriter out = spec.commandLine().getOut();
        return change.alone(canonical, () -> close(store, change.window(canonical), out));
    }

    private int close(WindowStore store, Window window, PrintWriter out) throws Exception {
        if (window.state() != Window.State.OPEN) {
            throw new UsageException(window.id() + " is not open: "
                    + (window.state() == Window.State.OPENING
                            ? "whoever opened it was stopped in the middle; abort it, or open it again"
                            : "it is " + window.state().word() + " already"));
        }
        Optional<Window.Verification> last = window.lastVerified();
        if (!force && (last.isEmpty() || window.interrupted().isPresent())) {
            throw new UsageException((last.isEmpty()
                            ? window.id() + " was not verified"
                            : "the last verification of " + window.id() + " was stopped in the middle")
                    + "; asrdoctor change verify " + window.id()
                    + ", or abort it, or close it with --force --reason \"...\"");
        }
        Verdict verdict = last.map(Window.Verification::verdict).orElse(null);
        String words = verdict == null ? "not verified" : verdict.words();
        if (!force && verdict == Verdict.FAIL) {
            spec.commandLine()
                    .getErr()
                    .println("asrdoctor: the last verdict of " + window.id() + " is FAIL, so it stays open; asrdoctor"
                            + " change show " + window.id() + " tells why. Mend it and verify again, or close it with"
                            + " --force --reason \"...\"");
            return ExitCode.PROBLEMS.code();
        }
        if (!force) {
            Optional<Verdict> again = new ChangeWork(edges, spec.commandLine(), true)
                    .lastReport(store, window)
                    .map(ChangeReport::verdict);
            if (again.equals(Optional.of(Verdict.FAIL))) {
                spec.commandLine()
                        .getErr()
                        .println("asrdoctor: the verdict that was recorded of " + window.id()
                                + " is " + words
                                + ", and the facts that were kept make it FAIL, so it"
                                + " stays open. Verify again, or close it with --force --reason \"...\"");
                return ExitCode.PROBLEMS.code();
            }
        }
        store.save(window.closed(new Window.Event(
                edges.clock().instant(),
                edges.whoAndWhere(),
                "closed",
                force ? words + "; forced: " + reason : words)));
        out.println(window.id() + " is closed: " + words + (force ? " (forced: " + reason + ")" : "")
                + ". Remediation looks after its servers again.");
        return ExitCode.HEALTHY.code();
    }
}
