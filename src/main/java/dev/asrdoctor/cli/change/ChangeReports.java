package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.report.json.ChangeReportJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.ChangeView;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How the verification of a change is shown. */
final class ChangeReports extends Outputs {
    @Option(
            names = {"-v", "--verbose"},
            description = "Tell old problems and declared differences one by one too.")
    boolean verbose;

    ChangeReports() {
        super(Subject.CHANGE);
    }

    boolean verbose() {
        return verbose;
    }

    /** Where only files are asked for, the terminal is told too. */
    void write(ChangeReport report, PrintWriter out, Edges edges) throws IOException, UsageException {
        String next = report.window().state() == Window.State.OPEN ? next(report) : "";
        Report told = new Report(ChangeView.of(report, verbose, next), new ChangeReportJson(report));
        if (toFilesAlone()) {
            tell(told, out, edges);
        }
        write(told, out, edges);
    }

    private static String next(ChangeReport report) {
        String id = report.window().id();
        return report.verdict() == Verdict.FAIL
                ? "The window stays open. Mend what failed, then: asrdoctor change verify " + id + " --wait 30m"
                : "It can be closed: asrdoctor change close " + id;
    }
}
