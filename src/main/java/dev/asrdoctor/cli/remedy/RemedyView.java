package dev.asrdoctor.cli.remedy;

import dev.asrdoctor.assess.FleetCheck;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.cli.options.OutputOptions;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.remedy.Remediation;
import dev.asrdoctor.remedy.Remedy;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.json.RemedyJson;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.view.CheckView;
import dev.asrdoctor.report.view.RemediationView;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Shows what a remediation would do, or what came of it. */
record RemedyView(Edges edges, OutputOptions output, PrintWriter out) {

    /** @return what is known of every server */
    List<ServerReport> plan(Remediation plan, Policy policy, RunInfo run) throws IOException, UsageException {
        List<ServerReport> reports = FleetCheck.judge(plan.before(), policy, Remedy.judged(policy));
        List<ServerReport> unreached = unreached(reports);
        Document document = new RemediationView(plan.results(), plan.stopped())
                .plan(unreached, new CheckView(unreached, run, output.remaining()));
        write(document, new RemedyJson(plan.results(), unreached, run, false, plan.stopped()));
        return reports;
    }

    /** @return what is known of every server afterwards */
    List<ServerReport> result(Remediation done, Policy policy, RunInfo run) throws IOException, UsageException {
        Set<String> judged = Remedy.judged(policy);
        List<ServerReport> before = FleetCheck.judge(done.before(), policy, judged);
        List<ServerReport> after = FleetCheck.judge(done.after(), policy, judged);
        Document document = new RemediationView(done.results(), done.stopped())
                .result(before, after, judged, new CheckView(after, run, output.remaining()));
        write(document, new RemedyJson(done.results(), unreached(after), run, true, done.stopped()));
        return after;
    }

    private void write(Document document, RemedyJson contract) throws IOException, UsageException {
        output.write(new Report(document, contract), out, edges);
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

    private static List<ServerReport> unreached(List<ServerReport> reports) {
        return reports.stream().filter(report -> !report.reached()).toList();
    }
}
