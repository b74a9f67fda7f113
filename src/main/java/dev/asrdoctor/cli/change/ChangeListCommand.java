package dev.asrdoctor.cli.change;

import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Version;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.json.WindowsJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.WindowsView;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "Show the change windows that are open; -a shows those that have ended too.")
public final class ChangeListCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-a", "--all"},
            description = "Those that have ended too.")
    boolean all;

    @Mixin
    Outputs output = new Outputs(Subject.WINDOWS);

    @Mixin
    ChangeInventory inventory = new ChangeInventory();

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @SuppressWarnings("NullAway.Init")
    public ChangeListCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        Instant now = edges.clock().instant();
        ChangeOptions.Kept kept = change.of(edges, inventory.file);
        Windows.Contents contents = kept.windows().contents();
        List<Window> known = contents.windows();
        List<Window> windows = known.stream()
                .filter(window -> all || window.endedAt().isEmpty())
                .toList();
        String none = !contents.unusable().isEmpty()
                ? ""
                : "No change window is open in " + kept.state().place() + "."
                        + (known.isEmpty() ? "" : " " + known.size() + " ended before: asrdoctor change list -a");
        output.write(
                new Report(WindowsView.list(windows, now, none), new WindowsJson(windows, now, Version.text())),
                spec.commandLine().getOut(),
                edges);
        PrintWriter err = spec.commandLine().getErr();
        contents.unusable().forEach(why -> err.println("asrdoctor: " + why));
        if (!contents.unusable().isEmpty()) {
            return ExitCode.USAGE.code();
        }
        kept.tell(err);
        return ExitCode.HEALTHY.code();
    }
}
