package dev.asrdoctor.cli.remedy;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.cli.options.OutputOptions;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Failures;
import dev.asrdoctor.cli.terminal.Interrupts;
import dev.asrdoctor.cli.terminal.Onlooker;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.remedy.Remediate;
import dev.asrdoctor.remedy.Remediation;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.RunInfo;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;

/** Has a fleet healed, and shows what came of it. */
public final class RemedyWork {
    private final Edges edges;
    private final Fleet fleet;
    private final Onlooker onlooker;
    private final RemedyView view;
    private final Instant startedAt;
    private final Remediate remediate;

    /** @param summary one line of what was done and what was not */
    public record Ended(int code, String summary) {}

    /** @param logged whether it is told step by step, for a log that somebody reads while it runs */
    public RemedyWork(
            Edges edges,
            Fleet fleet,
            Remediate.Options options,
            boolean logged,
            OutputOptions output,
            CommandLine command) {
        this.edges = edges;
        this.fleet = fleet;
        Onlooker plain = Onlooker.of(edges, command.getErr(), output.machineReadable());
        this.onlooker = logged ? plain.logging() : plain;
        this.view = new RemedyView(edges, output, command.getOut());
        this.startedAt = edges.clock().instant();
        this.remediate = new Remediate(edges.controller(onlooker), fleet, options);
    }

    public Ended run() throws Exception {
        Remediate.Ended ended = remediate.run();
        Remediation remediation = ended.remediation();
        RunInfo run = edges.ended(startedAt, OpenWindows.NONE);
        List<ServerReport> reports = ended.applied()
                ? view.result(remediation, fleet.policy(), run)
                : view.plan(remediation, fleet.policy(), run);
        int code = ended.applied() && remediation.failed()
                ? ExitCode.REMEDY_FAILED.code()
                : ExitCode.of(reports).code();
        String summary = remediation.summary(ended.applied()) + RemedyView.why(reports);
        if (ended.broken() == null) {
            return ended(code, summary);
        }
        onlooker.tell(ended.broken());
        return ended(ExitCode.USAGE.code(), summary + "; " + ended.broken());
    }

    private static Ended ended(int code, String summary) {
        return Interrupts.wasStopped()
                ? new Ended(Failures.INTERRUPTED, summary + "; it was stopped before its end")
                : new Ended(code, summary);
    }
}
