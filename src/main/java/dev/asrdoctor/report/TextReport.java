package dev.asrdoctor.report;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table that people read in 80 columns: one line a server, its problems below it, the worst first. */
public final class TextReport implements Report {
    static final int WIDTH = 80;
    private static final int NAME = 20;
    private static final int DEPLOYMENT = 21;

    /** How much is told. */
    public enum Detail {
        /** Servers with problems alone. */
        QUIET,
        /** Every server, with its problems and what to do. */
        NORMAL,
        /** Every finding with its evidence. */
        VERBOSE
    }

    private static final Map<Status, Integer> WORST_FIRST = Map.of(
            Status.FAIL, 0, Status.UNKNOWN, 1, Status.WARN, 2, Status.PASS, 3, Status.SKIPPED, 4, Status.WAIVED, 5);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z", Locale.ENGLISH);

    private final Palette palette;
    private final Detail detail;
    private final ZoneId zone;

    public TextReport(Palette palette, Detail detail, ZoneId zone) {
        this.palette = palette;
        this.detail = detail;
        this.zone = zone;
    }

    @Override
    public void write(List<ServerReport> servers, RunInfo run, Appendable out) throws IOException {
        List<ServerReport> shown = servers.stream()
                .filter(server -> detail != Detail.QUIET || isProblem(server.status()))
                .sorted(Comparator.comparing((ServerReport server) -> WORST_FIRST.get(server.status())))
                .toList();
        for (ServerReport server : shown) {
            writeServer(server, run.planned(), out);
        }
        if (!shown.isEmpty()) {
            out.append('\n');
        }
        out.append(summary(servers, run)).append('\n');
    }

    private void writeServer(ServerReport report, OpenWindows planned, Appendable out) throws IOException {
        List<Finding> findings = report.findings().stream()
                .filter(finding -> detail == Detail.VERBOSE || isProblem(finding.status()))
                .sorted(Comparator.comparing((Finding finding) -> WORST_FIRST.get(finding.status()))
                        .thenComparing(Finding::severity, Comparator.reverseOrder()))
                .toList();
        String word = Plain.pad(glyph(report.status()) + " " + report.status(), 9);
        String name = Plain.pad(Plain.line(report.server().name()), NAME);
        String deployment = report.server().deployment().id();
        String note = findings.isEmpty() ? healthy(report) : Words.count(findings.size(), "finding");
        out.append(palette.status(report.status(), word))
                .append(' ')
                .append(palette.strong(name))
                .append(' ')
                .append(palette.faint(Plain.pad(deployment, DEPLOYMENT)))
                .append(' ')
                .append(Plain.cut(note, WIDTH - 9 - NAME - DEPLOYMENT - 3))
                .append('\n');
        Optional<OpenWindows.Hold> hold = planned.of(report.server().name());
        if (hold.isPresent()) {
            out.append(palette.faint("    planned: " + hold.get().change() + " is open until "
                            + TIME.format(hold.get().until().atZone(zone))))
                    .append('\n');
        }
        for (Finding finding : findings) {
            writeFinding(finding, out);
        }
    }

    private static String healthy(ServerReport report) {
        List<String> titles = report.findings().stream()
                .filter(finding -> finding.status() == Status.PASS)
                .map(finding -> Plain.line(finding.title()))
                .toList();
        long waived = report.findings().stream()
                .filter(finding -> finding.status() == Status.WAIVED)
                .count();
        String passed =
                titles.isEmpty() ? "" : titles.size() == 1 ? titles.getFirst() : titles.size() + " checks passed";
        return waived == 0 ? passed : passed + (passed.isEmpty() ? "" : "; ") + waived + " waived";
    }

    private void writeFinding(Finding finding, Appendable out) throws IOException {
        String first = "    " + glyph(finding.status()) + " ";
        List<String> lines = Plain.wrap(Plain.line(finding.title()), WIDTH - 6);
        for (int i = 0; i < lines.size(); i++) {
            out.append(i == 0 ? palette.status(finding.status(), first) : "      ")
                    .append(lines.get(i))
                    .append('\n');
        }
        if (detail == Detail.VERBOSE) {
            writeEvidence(finding, out);
        }
        if (finding.nextAction() != null && isProblem(finding.status())) {
            for (Plain.Line line : Plain.advice("next: " + finding.nextAction(), WIDTH - 6)) {
                out.append(line.command() ? "          " + line.text() : palette.faint("      " + line.text()))
                        .append('\n');
            }
        }
    }

    private void writeEvidence(Finding finding, Appendable out) throws IOException {
        String step = finding.step().isEmpty()
                ? ""
                : finding.step().equals("0") ? ", best practices" : ", step " + finding.step() + " of the article";
        out.append(palette.faint("      " + finding.check() + step)).append('\n');
        String evidence = finding.evidence().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Plain.line(String.valueOf(entry.getValue())))
                .collect(Collectors.joining(", "));
        for (String line : Plain.wrap(evidence, WIDTH - 6)) {
            out.append(palette.faint("      " + line)).append('\n');
        }
    }

    private String summary(List<ServerReport> servers, RunInfo run) {
        List<String> parts = new ArrayList<>();
        for (Status status : List.of(Status.PASS, Status.WARN, Status.FAIL, Status.UNKNOWN, Status.SKIPPED)) {
            long count = servers.stream().filter(s -> s.status() == status).count();
            if (count > 0) {
                parts.add(palette.status(status, count + " " + word(status)));
            }
        }
        Duration took = Duration.between(run.startedAt(), run.finishedAt());
        return palette.strong(Words.count(servers.size(), "server")) + ": "
                + String.join(", ", parts)
                + palette.faint(String.format(Locale.ROOT, " (%.1f s)", took.toMillis() / 1000.0));
    }

    private static String word(Status status) {
        return switch (status) {
            case PASS -> "healthy";
            case WARN -> "warned";
            case FAIL -> "failing";
            case UNKNOWN -> "unknown";
            case SKIPPED -> "skipped";
            case WAIVED -> "waived";
        };
    }

    static String glyph(Status status) {
        return switch (status) {
            case PASS -> "+";
            case WARN -> "!";
            case FAIL -> "x";
            case UNKNOWN -> "?";
            case SKIPPED, WAIVED -> "-";
        };
    }

    private static boolean isProblem(Status status) {
        return status == Status.FAIL || status == Status.UNKNOWN || status == Status.WARN;
    }
}
