package dev.asrdoctor.cli.remedy;

import dev.asrdoctor.assess.FleetCheck;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.cli.options.OutputOptions;
import dev.asrdoctor.cli.terminal.Terminal;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.remedy.Remediation;
import dev.asrdoctor.remedy.Remedy;
import dev.asrdoctor.report.RemedyJson;
import dev.asrdoctor.report.RemedyText;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Shows what a remediation would do, or what came of it. */
record RemedyView(Terminal terminal, OutputOptions output, PrintWriter out) {

    /** @return what is known of every server */
    List<ServerReport> plan(Remediation plan, Policy policy, RunInfo run) throws IOException {
        List<ServerReport> reports = FleetCheck.judge(plan.before(), policy, Remedy.judged(policy));
        List<ServerReport> unreached = unreached(reports);
        if (output.machineReadable()) {
            new RemedyJson().write(plan.results(), unreached, run, false, plan.stopped(), out);
        } else {
            if (!unreached.isEmpty()) {
                output.remaining(unreached, run, out, terminal);
                out.println();
            }
            new RemedyText(output.palette(terminal)).plan(plan.results(), plan.stopped(), out);
        }
        return reports;
    }

    /** @return what is known of every server afterwards */
    List<ServerReport> result(Remediation done, Policy policy, RunInfo run) throws IOException {
        Set<String> judged = Remedy.judged(policy);
        List<ServerReport> after = FleetCheck.judge(done.after(), policy, judged);
        if (output.machineReadable()) {
            new RemedyJson().write(done.results(), unreached(after), run, true, done.stopped(), out);
        } else {
            RemedyText text = new RemedyText(output.palette(terminal));
            heading("What was done");
            text.result(done.results(), done.stopped(), out);
            heading("Before and after");
            text.beforeAndAfter(FleetCheck.judge(done.before(), policy, judged), after, judged, out);
            heading("What remains");
            output.remaining(after, run, out, terminal);
        }
        return after;
    }

    /** Why the exit code is what it is, in one line: whom somebody has to look at. Empty where all is well. */
    static String why(List<ServerReport> reports) {
        return names("not reached", reports, report -> !report.reached())
                + names(
                        "not fully read",
                        reports,
                        report -> report.reached()
                                && report.findings().stream().anyMatch(finding -> finding.status() == Status.UNKNOWN))
                + names(
                        "with problems",
                        reports,
                        report -> report.findings().stream().anyMatch(finding -> finding.status() == Status.FAIL));
    }

    private static String names(String what, List<ServerReport> reports, Predicate<ServerReport> which) {
        List<String> names = reports.stream()
                .filter(which)
                .map(report -> report.server().name())
                .toList();
        return names.isEmpty() ? "" : "; " + names.size() + " " + what + ": " + Words.named(names);
    }

    private void heading(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(text.length()));
    }

    private static List<ServerReport> unreached(List<ServerReport> reports) {
        return reports.stream().filter(report -> !report.reached()).toList();
    }
}
