package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Attachment;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.Verify;
import dev.asrdoctor.cli.options.DurationConverter;
import dev.asrdoctor.cli.options.FleetOptions;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Onlooker;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.remedy.PolicyFile;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = "Read again, compare with the baseline, and tell whether the window can be closed.",
        footer = {
            "",
            "Exit codes: 0 PASS or PASS WITH NOTES, 1 FAIL, 2 usage, configuration or a file,",
            "3 FAIL, because a server could not be reached after the change."
        })
public final class ChangeVerifyCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CHANGE", description = "The change's number.")
    String id;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Read again and again until it passes or this time is up, such as 30m.")
    Duration wait = Duration.ZERO;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "With --wait: how long to pause between two readings (default: 30s).")
    Duration every = Duration.ofSeconds(30);

    @Option(names = "--expect", paramLabel = "FILE", description = "In place of what was declared when it was opened.")
    @Nullable Path expect;

    @Mixin
    ChangeFleet fleet = new ChangeFleet();

    @Mixin
    ChangeReports output = new ChangeReports();

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @SuppressWarnings("NullAway.Init")
    public ChangeVerifyCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new UsageException("--every has to be at least 1s");
        }
        ChangeOptions.Kept kept = change.of(edges, fleet.inventory);
        return kept.aloneWith(id, window -> verify(kept, window));
    }

    private int verify(ChangeOptions.Kept kept, Window window) throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        Onlooker onlooker = Onlooker.of(edges, err, output.machineReadable());
        WaitView view = new WaitView(
                err, edges.terminal().progress(), !wait.isZero() && !output.machineReadable(), Thread::sleep);
        Verify verify = new Verify(
                edges.controller(onlooker), kept.windows(), this::chosen, view, new Verify.Patience(wait, every));
        ChangeReport report = verify.verify(window, expect);
        output.write(report, spec.commandLine().getOut(), edges);
        kept.tell(err);
        return code(report.assessment());
    }

    private Verify.Chosen chosen(Window window, @Nullable Attachment kept) throws Exception {
        FleetOptions options = fleet.with(window.inventory(), null, List.of());
        Fleet all = options.policy != null || kept == null
                ? options.load(edges)
                : options.load(edges, PolicyFile.load(kept.read()));
        return new Verify.Chosen(all, options.policy);
    }

    static int code(Assessment assessment) {
        if (assessment.verdict() != Verdict.FAIL) {
            return ExitCode.HEALTHY.code();
        }
        return (assessment.anyUnread() ? ExitCode.NOT_CHECKED : ExitCode.PROBLEMS).code();
    }
}
