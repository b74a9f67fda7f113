package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.LastReport;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.cli.terminal.Version;
import dev.asrdoctor.remedy.PolicyFile;
import dev.asrdoctor.report.json.WindowsJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.view.WindowsView;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        description = "Tell what was done to a change and make its last report again from the facts that were kept.",
        footer = {
            "",
            "The facts are compared with the fingerprints of the report: what was altered since is refused.",
            "Exit codes: those of the last verdict; 0 where there is none, 2 usage or a file."
        })
public final class ChangeShowCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CHANGE", description = "The change's number.")
    String id;

    @Mixin
    ChangeReports output = new ChangeReports();

    @Mixin
    ChangeInventory inventory = new ChangeInventory();

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @SuppressWarnings("NullAway.Init")
    public ChangeShowCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        ChangeOptions.Kept kept = change.of(edges, inventory.file);
        Windows windows = kept.windows();
        Window window = kept.window(id);
        PrintWriter out = spec.commandLine().getOut();
        Optional<ChangeReport> report =
                new LastReport(policy -> PolicyFile.load(policy.read()).policy(), Version.text()).of(windows, window);
        if (!output.machineReadable()) {
            Instant now = edges.clock().instant();
            output.tell(
                    new Report(
                            WindowsView.one(window, now, output.verbose()),
                            new WindowsJson(List.of(window), now, Version.text())),
                    out,
                    edges);
        }
        if (report.isEmpty()) {
            if (!output.usual()) {
                throw new UsageException(window.id() + " was not verified, so there is no report of it yet");
            }
            out.println(
                    window.endedAt().isEmpty()
                            ? "It was not verified yet: asrdoctor change verify " + window.id()
                                    + change.again(inventory.file)
                            : "It was never verified.");
            out.flush();
            kept.tell(spec.commandLine().getErr());
            return 0;
        }
        ChangeReport again = report.get();
        Optional<Window.Verification> unfinished = window.interrupted();
        if (unfinished.isPresent() && window.endedAt().isEmpty()) {
            tell("the verification that " + unfinished.get().by() + " began at "
                    + unfinished.get().startedAt().truncatedTo(ChronoUnit.SECONDS)
                    + " has not come to its end; this is the one before");
        }
        Verdict recorded = again.verification().verdict();
        if (recorded != null && recorded != again.verdict()) {
            tell("the verdict that was recorded is " + recorded.words() + "; asrdoctor " + Version.text() + " makes it "
                    + again.verdict().words() + " of the same facts");
        }
        output.write(again, out, edges);
        kept.tell(spec.commandLine().getErr());
        return ChangeVerifyCommand.code(again.assessment());
    }

    private void tell(String note) {
        spec.commandLine().getErr().println("asrdoctor: " + note);
    }
}
