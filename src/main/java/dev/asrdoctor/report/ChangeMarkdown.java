package dev.asrdoctor.report;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.Drift;
import dev.asrdoctor.change.Assessment.Missing;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.Difference;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Window;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A verified change for the ticket, in Markdown with tables. */
public final class ChangeMarkdown {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private ChangeMarkdown() {}

    public static void write(ChangeReport report, Appendable out) throws IOException {
        Window window = report.window();
        Assessment assessment = report.assessment();
        out.append("# ")
                .append(plain(window.id()))
                .append(": ")
                .append(report.verdict().words())
                .append("\n\n");
        out.append(plain(ChangeWords.summary(assessment))).append("\n\n");
        out.append("| | |\n|---|---|\n");
        row(out, "Opened", time(window.openedAt()) + " by " + window.openedBy());
        row(out, "Until", time(window.until()));
        if (window.forced() != null) {
            row(out, "Forced", window.forced());
        }
        row(
                out,
                "Verified",
                time(report.verification().finishedAt()) + " by "
                        + report.verification().by());
        row(out, "Tool", tool(report));
        row(out, "Inventory", inventory(report));
        row(
                out,
                "Policy",
                report.policy()
                        + (report.policyFingerprint().isEmpty() ? "" : ", sha256 " + report.policyFingerprint()));
        row(out, "Declared", declared(report));
        row(out, "Facts before", "sha256 " + report.baseline());
        row(out, "Facts after", "sha256 " + report.after());
        List<ServerChange> servers = ChangeWords.worstFirst(assessment);
        out.append("\n## Servers\n\n| server | verdict | |\n|---|---|---|\n");
        for (ServerChange server : servers) {
            Reading.Unread unread = server.unread();
            out.append("| ")
                    .append(plain(server.server()))
                    .append(" | ")
                    .append(server.verdict().words())
                    .append(" | ")
                    .append(plain(unread == null ? ChangeWords.why(server) : "not reachable: " + unread.message()))
                    .append(" |\n");
        }
        problems(out, "New problems", servers, ProblemChange.Kind.NEW);
        missing(out, assessment, servers);
        problems(out, "New warnings", servers, ProblemChange.Kind.NEW_WARNING);
        drift(out, "Differences that nobody declared", servers, false);
        drift(out, "Declared differences", servers, true);
        problems(out, "Declared problems", servers, ProblemChange.Kind.EXPECTED);
        problems(out, "Problems gone", servers, ProblemChange.Kind.GONE);
        problems(out, "Problems that were there before", servers, ProblemChange.Kind.UNCHANGED);
        if (!assessment.notes().isEmpty()
                || !assessment.comparison().notCompared().isEmpty()) {
            out.append("\n## Notes\n\n");
            for (String note : assessment.notes()) {
                out.append("- ").append(plain(note)).append('\n');
            }
            for (String area : assessment.comparison().notCompared()) {
                out.append("- ").append(plain(area)).append(" was read only once\n");
            }
        }
        out.append("\n## What was done\n\n| when | who | what |\n|---|---|---|\n");
        for (Window.Event event : window.history()) {
            out.append("| ")
                    .append(time(event.at()))
                    .append(" | ")
                    .append(plain(event.by()))
                    .append(" | ")
                    .append(plain(what(event)))
                    .append(" |\n");
        }
    }

    private static void problems(Appendable out, String title, List<ServerChange> servers, ProblemChange.Kind kind)
            throws IOException {
        List<ProblemChange> problems = servers.stream()
                .flatMap(server -> server.problems(kind).stream())
                .toList();
        if (problems.isEmpty()) {
            return;
        }
        out.append("\n## ").append(title).append("\n\n| server | check | what | next |\n|---|---|---|---|\n");
        for (ProblemChange problem : problems) {
            String next = problem.finding().nextAction();
            out.append("| ")
                    .append(plain(problem.server()))
                    .append(" | ")
                    .append(plain(problem.finding().check()))
                    .append(" | ")
                    .append(plain(problem.finding().title()))
                    .append(" | ")
                    .append(advice(next == null || kind == ProblemChange.Kind.GONE ? "" : next))
                    .append(" |\n");
        }
    }

    private static void missing(Appendable out, Assessment assessment, List<ServerChange> servers) throws IOException {
        if (assessment.missingAnywhere().isEmpty()
                && servers.stream().allMatch(server -> server.missing().isEmpty())) {
            return;
        }
        out.append("\n## Declared, but not come\n\n| server | declared | instead |\n|---|---|---|\n");
        for (Missing one : assessment.missingAnywhere()) {
            missing(out, "any", one);
        }
        for (ServerChange server : servers) {
            for (Missing one : server.missing()) {
                missing(out, server.server(), one);
            }
        }
    }

    private static void missing(Appendable out, String server, Missing missing) throws IOException {
        out.append("| ")
                .append(plain(server))
                .append(" | ")
                .append(plain(missing.expectation().text()))
                .append(" | ")
                .append(plain(missing.instead()))
                .append(" |\n");
    }

    private static void drift(Appendable out, String title, List<ServerChange> servers, boolean declared)
            throws IOException {
        List<Drift> drift = servers.stream()
                .flatMap(server -> (declared ? server.declared() : server.undeclared()).stream())
                .toList();
        if (drift.isEmpty()) {
            return;
        }
        out.append("\n## ").append(title).append("\n\n| fact | before | after |\n|---|---|---|\n");
        for (Drift one : drift) {
            Difference difference = one.difference();
            out.append("| ")
                    .append(plain(difference.path()))
                    .append(" | ")
                    .append(plain(ChangeWords.value(difference.before())))
                    .append(" | ")
                    .append(plain(ChangeWords.value(difference.after())))
                    .append(" |\n");
        }
    }

    private static void row(Appendable out, String name, String value) throws IOException {
        out.append("| ").append(name).append(" | ").append(plain(value)).append(" |\n");
    }

    /** In UTC, because a report travels. */
    static String time(@Nullable Instant instant) {
        return instant == null ? "" : TIME.format(instant);
    }

    static String what(Window.Event event) {
        return event.what() + (event.detail().isEmpty() ? "" : ": " + event.detail());
    }

    /** Every version that had a part in it. */
    static String tool(ChangeReport report) {
        Basis before = report.window().basis();
        Basis after = report.verification().basis();
        String now = "asrdoctor " + report.toolVersion();
        String took = before == null || before.tool().equals(report.toolVersion())
                ? ""
                : "; the baseline was taken by " + before.tool();
        String read = after == null || after.tool().equals(report.toolVersion())
                ? ""
                : "; it was verified by " + after.tool();
        return now + took + read;
    }

    static String inventory(ChangeReport report) {
        Basis after = report.verification().basis();
        String before = report.window().inventory().toString();
        return after == null || after.inventory().equals(report.window().inventory())
                ? before
                : before + "; after the change " + after.inventory();
    }

    static String declared(ChangeReport report) {
        Basis after = report.verification().basis();
        return after == null || after.declared().isEmpty() ? "nothing" : "sha256 " + after.declared();
    }

    /** With its commands as code, in which nothing means anything but the end of a table's cell. */
    private static String advice(String text) {
        return Plain.advice(text, Integer.MAX_VALUE).stream()
                .map(line -> line.command() ? "`" + line.text().replace("|", "\\|") + "`" : plain(line.text()))
                .collect(Collectors.joining(" "));
    }

    /** Texts from servers, which Markdown and the HTML in it must not obey. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        Plain.line(text).codePoints().forEach(c -> {
            switch (c) {
                case '<' -> plain.append("&lt;");
                case '>' -> plain.append("&gt;");
                case '&' -> plain.append("&amp;");
                default -> {
                    if ("\\`*_{}[]#|~!".indexOf(c) >= 0) {
                        plain.append('\\');
                    }
                    plain.appendCodePoint(c);
                }
            }
        });
        return plain.toString();
    }
}
