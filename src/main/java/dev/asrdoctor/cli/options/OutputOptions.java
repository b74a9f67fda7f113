package dev.asrdoctor.cli.options;

import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.CheckView;
import picocli.CommandLine.Option;

/** How results of a check are shown. */
public final class OutputOptions extends Outputs {
    @Option(
            names = {"-v", "--verbose"},
            description = "Show every finding with its evidence.")
    boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show only servers with problems.")
    boolean quiet;

    public OutputOptions(Subject subject) {
        super(subject);
    }

    public CheckView.Detail detail() {
        return verbose ? CheckView.Detail.VERBOSE : quiet ? CheckView.Detail.QUIET : CheckView.Detail.NORMAL;
    }

    /** After a remediation only what still needs somebody is told in full. */
    public CheckView.Detail remaining() {
        return verbose ? CheckView.Detail.VERBOSE : CheckView.Detail.QUIET;
    }
}
