package dev.asrdoctor.report;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.Drift;
import dev.asrdoctor.change.Assessment.Missing;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.store.Window;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A verified change as one page of HTML for a change board: needs nothing beside itself, and prints. */
public final class ChangeHtml {
    private static final String STYLE = """
            :root { color-scheme: light; }
            body { font: 15px/1.45 system-ui, "Segoe UI", sans-serif; color: #1b1f24; background: #fff;
                   max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; }
            h1 { font-size: 1.5rem; margin: 0 0 .2rem; }
            h2 { font-size: 1.1rem; margin: 1.8rem 0 .5rem; break-after: avoid; }
            .verdict { display: inline-block; padding: .15rem .7rem; border-radius: .3rem; color: #fff; font-weight: 600; }
            .pass { background: #1a7f37; } .notes { background: #9a6700; } .fail { background: #b3261e; }
            .sum { color: #57606a; margin: .3rem 0 1rem; }
            table { border-collapse: collapse; table-layout: fixed; width: 100%; }
            th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #d8dee4;
                   overflow-wrap: anywhere; }
            th { font-weight: 600; color: #57606a; }
            th.server { width: 18%; } th.verdict-of { width: 11rem; } th.check { width: 24%; } th.declared { width: 42%; }
            th.fact { width: 52%; } th.when { width: 12rem; } th.who { width: 24%; }
            td.path, td.value, dd.hash { font: .86em/1.45 ui-monospace, Consolas, "DejaVu Sans Mono", monospace; }
            dl { display: grid; grid-template-columns: 9rem 1fr; gap: .15rem 1rem; margin: 0; }
            dt { color: #57606a; } dd { margin: 0; overflow-wrap: anywhere; }
            .next { color: #57606a; }
            .verdict { white-space: nowrap; }
            .sign { margin-top: 3rem; display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 2rem; break-inside: avoid; }
            .sign div { border-top: 1px solid #1b1f24; padding-top: .2rem; color: #57606a; }
            tr { break-inside: avoid; }
            @page { margin: 18mm 15mm; }
            @media print { body { margin: 0; padding: 0; max-width: none; font-size: 9.5pt; }
                   .verdict { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
            """;

    private ChangeHtml() {}

    public static void write(ChangeReport report, Appendable out) throws IOException {
        Window window = report.window();
        Assessment assessment = report.assessment();
        List<ServerChange> servers = ChangeWords.worstFirst(assessment);
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(safe(window.id() + ": " + report.verdict().words()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>Change ")
                .append(safe(window.id()))
                .append("</h1>\n<p>")
                .append(verdict(report.verdict().name(), report.verdict().words()))
                .append("</p>\n<p class=\"sum\">")
                .append(safe(ChangeWords.summary(assessment)))
                .append("</p>\n");
        facts(report, out);
        head("Servers", List.of("server", "verdict-of verdict", "why"), out);
        for (ServerChange server : servers) {
            Reading.Unread unread = server.unread();
            String why = unread == null
                    ? safe(ChangeWords.why(server))
                    : "not reachable: " + safe(unread.message()) + next(unread.advice());
            out.append("<tr><td>")
                    .append(safe(server.server()))
                    .append("</td><td>")
                    .append(verdict(server.verdict().name(), server.verdict().words()))
                    .append("</td><td>")
                    .append(why)
                    .append("</td></tr>\n");
        }
        out.append("</table>\n");
        problems("New problems", servers, ProblemChange.Kind.NEW, out);
        missing(assessment, servers, out);
        problems("New warnings", servers, ProblemChange.Kind.NEW_WARNING, out);
        drift("Differences that nobody declared", servers, false, out);
        drift("Declared differences", servers, true, out);
        problems("Declared problems", servers, ProblemChange.Kind.EXPECTED, out);
        problems("Problems gone", servers, ProblemChange.Kind.GONE, out);
        problems("Problems that were there before", servers, ProblemChange.Kind.UNCHANGED, out);
        notes(assessment, out);
        history(window, out);
        out.append("<div class=\"sign\"><div>date</div><div>name</div><div>signature</div></div>\n</body>\n</html>\n");
    }

    private static void facts(ChangeReport report, Appendable out) throws IOException {
        Window window = report.window();
        out.append("<dl>\n");
        pair("Opened", ChangeMarkdown.time(window.openedAt()) + " by " + window.openedBy(), "", out);
        pair("Until", ChangeMarkdown.time(window.until()), "", out);
        if (window.forced() != null) {
            pair("Forced", window.forced(), "", out);
        }
        pair(
                "Verified",
                ChangeMarkdown.time(report.verification().finishedAt()) + " by "
                        + report.verification().by(),
                "",
                out);
        pair("Tool", ChangeMarkdown.tool(report), "", out);
        pair("Inventory", ChangeMarkdown.inventory(report), "", out);
        pair(
                "Policy",
                report.policy()
                        + (report.policyFingerprint().isEmpty() ? "" : ", sha256 " + report.policyFingerprint()),
                "",
                out);
        pair("Declared", ChangeMarkdown.declared(report), " class=\"hash\"", out);
        pair("Facts before", "sha256 " + report.baseline(), " class=\"hash\"", out);
        pair("Facts after", "sha256 " + report.after(), " class=\"hash\"", out);
        out.append("</dl>\n");
    }

    private static void pair(String name, String value, String attribute, Appendable out) throws IOException {
        out.append("<dt>")
                .append(name)
                .append("</dt><dd")
                .append(attribute)
                .append(">")
                .append(safe(value))
                .append("</dd>\n");
    }

    private static void problems(String title, List<ServerChange> servers, ProblemChange.Kind kind, Appendable out)
            throws IOException {
        List<ProblemChange> problems = servers.stream()
                .flatMap(server -> server.problems(kind).stream())
                .toList();
        if (problems.isEmpty()) {
            return;
        }
        head(title, List.of("server", "check", "what"), out);
        for (ProblemChange problem : problems) {
            String next = problem.finding().nextAction();
            out.append("<tr><td>")
                    .append(safe(problem.server()))
                    .append("</td><td>")
                    .append(safe(problem.finding().check()))
                    .append("</td><td>")
                    .append(safe(problem.finding().title()))
                    .append(next == null || kind == ProblemChange.Kind.GONE ? "" : next(next))
                    .append("</td></tr>\n");
        }
        out.append("</table>\n");
    }

    private static void missing(Assessment assessment, List<ServerChange> servers, Appendable out) throws IOException {
        if (assessment.missingAnywhere().isEmpty()
                && servers.stream().allMatch(server -> server.missing().isEmpty())) {
            return;
        }
        head("Declared, but not come", List.of("server", "declared", "instead"), out);
        for (Missing one : assessment.missingAnywhere()) {
            missing("any", one, out);
        }
        for (ServerChange server : servers) {
            for (Missing one : server.missing()) {
                missing(server.server(), one, out);
            }
        }
        out.append("</table>\n");
    }

    private static void missing(String server, Missing missing, Appendable out) throws IOException {
        out.append("<tr><td>")
                .append(safe(server))
                .append("</td><td class=\"path\">")
                .append(safe(missing.expectation().text()))
                .append("</td><td class=\"value\">")
                .append(safe(missing.instead()))
                .append("</td></tr>\n");
    }

    private static void drift(String title, List<ServerChange> servers, boolean declared, Appendable out)
            throws IOException {
        List<Drift> drift = servers.stream()
                .flatMap(server -> (declared ? server.declared() : server.undeclared()).stream())
                .toList();
        if (drift.isEmpty()) {
            return;
        }
        head(title, List.of("fact", "before", "after"), out);
        for (Drift one : drift) {
            out.append("<tr><td class=\"path\">")
                    .append(safe(one.difference().path()))
                    .append("</td><td class=\"value\">")
                    .append(safe(ChangeWords.value(one.difference().before())))
                    .append("</td><td class=\"value\">")
                    .append(safe(ChangeWords.value(one.difference().after())))
                    .append("</td></tr>\n");
        }
        out.append("</table>\n");
    }

    private static void notes(Assessment assessment, Appendable out) throws IOException {
        if (assessment.notes().isEmpty()
                && assessment.comparison().notCompared().isEmpty()) {
            return;
        }
        out.append("<h2>Notes</h2>\n<ul>\n");
        for (String note : assessment.notes()) {
            out.append("<li>").append(safe(note)).append("</li>\n");
        }
        for (String area : assessment.comparison().notCompared()) {
            out.append("<li>").append(safe(area)).append(" was read only once</li>\n");
        }
        out.append("</ul>\n");
    }

    private static void history(Window window, Appendable out) throws IOException {
        head("What was done", List.of("when", "who", "what"), out);
        for (Window.Event event : window.history()) {
            out.append("<tr><td>")
                    .append(safe(ChangeMarkdown.time(event.at())))
                    .append("</td><td>")
                    .append(safe(event.by()))
                    .append("</td><td>")
                    .append(safe(ChangeMarkdown.what(event)))
                    .append("</td></tr>\n");
        }
        out.append("</table>\n");
    }

    /** @param columns their names, which are their classes too; a class of its own stands before the name */
    private static void head(String title, List<String> columns, Appendable out) throws IOException {
        out.append("<h2>").append(title).append("</h2>\n<table>\n<thead><tr>");
        for (String column : columns) {
            out.append("<th class=\"")
                    .append(column.split(" ")[0])
                    .append("\">")
                    .append(column.substring(column.indexOf(' ') + 1))
                    .append("</th>");
        }
        out.append("</tr></thead>\n");
    }

    private static String verdict(String name, String words) {
        return "<span class=\"verdict " + name.toLowerCase(Locale.ROOT) + "\">" + words + "</span>";
    }

    private static String next(String text) {
        return "<div class=\"next\">next: "
                + Plain.advice(text, Integer.MAX_VALUE).stream()
                        .map(line -> line.command() ? "<code>" + safe(line.text()) + "</code>" : safe(line.text()))
                        .collect(Collectors.joining(" "))
                + "</div>";
    }

    /** Texts from servers, which a browser must not obey. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder();
        Plain.line(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }
}
