package dev.asrdoctor.report;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.Drift;
import dev.asrdoctor.change.Assessment.Missing;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.Comparison;
import dev.asrdoctor.change.Difference;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Changes and differences for people, in 80 columns. */
public final class ChangeText {
    public static final int WIDTH = TextReport.WIDTH;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z", Locale.ENGLISH);
    private static final int MOST_TOLD = 20;

    private final Palette palette;
    private final ZoneId zone;
    private final boolean verbose;

    /** @param verbose tell old debt and declared differences one by one too */
    public ChangeText(Palette palette, ZoneId zone, boolean verbose) {
        this.palette = palette;
        this.zone = zone;
        this.verbose = verbose;
    }

    /** One line without control characters, cut to a number of columns. */
    public static String cut(String text, int columns) {
        return Plain.cut(Plain.line(text), columns);
    }

    /** A paragraph in lines of 80 columns. */
    public static List<String> lines(String text) {
        return Plain.wrap(Plain.line(text), WIDTH);
    }

    public void report(ChangeReport report, Appendable out) throws IOException {
        Assessment assessment = report.assessment();
        List<ServerChange> servers = ChangeWords.worstFirst(assessment);
        List<ServerChange> passed = servers.stream()
                .filter(server -> server.verdict() == Verdict.PASS)
                .toList();
        boolean each = verbose || passed.size() <= MOST_TOLD;
        for (ServerChange server : servers) {
            if (each || server.verdict() != Verdict.PASS) {
                server(server, out);
            }
        }
        if (!each) {
            paragraph("+ ", passed.size() + " servers pass; -v tells each", Status.PASS, out);
        }
        out.append('\n');
        for (Missing missing : assessment.missingAnywhere()) {
            paragraph(
                    "x ",
                    "declared, and come on no server: " + missing.expectation().text(),
                    Status.FAIL,
                    out);
        }
        for (String note : assessment.notes()) {
            paragraph("! ", note, Status.WARN, out);
        }
        for (String area : assessment.comparison().notCompared()) {
            paragraph("! ", area + " was read only once, so nothing is known of what differs there", Status.WARN, out);
        }
        String summary = "(" + ChangeWords.summary(assessment) + ")";
        String id = report.window().id() + ": ";
        out.append(palette.strong(id)).append(verdict(report.verdict()));
        if (id.length() + report.verdict().words().length() + summary.length() < WIDTH) {
            out.append(' ').append(palette.faint(summary)).append('\n');
        } else {
            out.append('\n');
            for (String line : Plain.wrap(summary, WIDTH - 2)) {
                out.append("  ").append(palette.faint(line)).append('\n');
            }
        }
    }

    private String verdict(Verdict verdict) {
        return switch (verdict) {
            case PASS -> palette.status(Status.PASS, verdict.words());
            case NOTES -> palette.status(Status.WARN, verdict.words());
            case FAIL -> palette.status(Status.FAIL, verdict.words());
        };
    }

    private void server(ServerChange server, Appendable out) throws IOException {
        Status status = switch (server.verdict()) {
            case PASS -> Status.PASS;
            case NOTES -> Status.WARN;
            case FAIL -> Status.FAIL;
        };
        List<ProblemChange> old = server.problems(ProblemChange.Kind.UNCHANGED);
        String note = server.verdict() == Verdict.PASS
                ? ChangeWords.passed(server)
                : old.isEmpty() || verbose ? "" : Words.count(old.size(), "old problem") + " unchanged";
        out.append(palette.status(status, TextReport.glyph(status) + " "))
                .append(palette.strong(
                        note.isEmpty() ? Plain.line(server.server()) : Plain.pad(Plain.line(server.server()), 20)))
                .append(palette.faint(note.isEmpty() ? "" : " " + note))
                .append('\n');
        Reading.Unread unread = server.unread();
        if (unread != null) {
            entry("x ", Status.FAIL, "not reachable after the change: " + unread.message(), out);
            if (server.unreadBefore()) {
                detail("it was not read before the change either, so nothing is known of it", out);
            }
            detail("next: " + unread.advice(), out);
            return;
        }
        found(server, out);
        if (verbose) {
            known(server, old, out);
        }
    }

    private void found(ServerChange server, Appendable out) throws IOException {
        if (server.unreadBefore()) {
            entry("! ", Status.WARN, "it was not read before the change, so nothing can be compared", out);
        }
        for (ProblemChange problem : server.problems(ProblemChange.Kind.NEW)) {
            problem("x ", "new problem: ", problem, Status.FAIL, out);
        }
        for (Missing missing : server.missing()) {
            entry(
                    "x ",
                    Status.FAIL,
                    "declared, but not come: " + missing.expectation().text(),
                    out);
            if (!missing.instead().isEmpty()) {
                detail(missing.instead(), out);
            }
        }
        for (ProblemChange problem : server.problems(ProblemChange.Kind.NEW_WARNING)) {
            problem("! ", "new warning: ", problem, Status.WARN, out);
        }
        for (Drift drift : server.undeclared()) {
            difference("~ ", drift.difference(), Status.WARN, out);
        }
        for (ProblemChange problem : server.problems(ProblemChange.Kind.GONE)) {
            entry("+ ", Status.PASS, "gone: " + problem.finding().title(), out);
        }
    }

    /** What was to be expected. */
    private void known(ServerChange server, List<ProblemChange> old, Appendable out) throws IOException {
        for (Drift drift : server.declared()) {
            difference("= ", drift.difference(), Status.PASS, out);
        }
        for (ProblemChange problem : server.problems(ProblemChange.Kind.EXPECTED)) {
            entry("= ", Status.PASS, "declared: " + problem.finding().title(), out);
        }
        for (ProblemChange problem : old) {
            entry(". ", Status.SKIPPED, "was so before: " + problem.finding().title(), out);
        }
    }

    private void problem(String sign, String kind, ProblemChange problem, Status status, Appendable out)
            throws IOException {
        entry(sign, status, kind + problem.finding().title(), out);
        String next = problem.finding().nextAction();
        if (next != null) {
            detail("next: " + next, out);
        }
    }

    private void difference(String sign, Difference difference, Status status, Appendable out) throws IOException {
        entry(sign, status, ChangeWords.words(difference), out);
    }

    private void entry(String sign, Status status, String text, Appendable out) throws IOException {
        List<String> lines = Plain.wrap(Plain.line(text), WIDTH - 6);
        for (int i = 0; i < lines.size(); i++) {
            out.append(i == 0 ? palette.status(status, "    " + sign) : "      ")
                    .append(lines.get(i))
                    .append('\n');
        }
    }

    private void detail(String text, Appendable out) throws IOException {
        for (Plain.Line line : Plain.advice(text, WIDTH - 6)) {
            out.append(line.command() ? "          " + line.text() : palette.faint("      " + line.text()))
                    .append('\n');
        }
    }

    private void paragraph(String sign, String text, Status status, Appendable out) throws IOException {
        List<String> lines = Plain.wrap(Plain.line(text), WIDTH - 2);
        for (int i = 0; i < lines.size(); i++) {
            out.append(i == 0 ? palette.status(status, sign) : "  ")
                    .append(lines.get(i))
                    .append('\n');
        }
    }

    /** What differs between two sets, in the order of paths. */
    public void differences(Comparison comparison, int servers, Appendable out) throws IOException {
        for (Difference difference : comparison.differences()) {
            String sign = difference.before() == null ? "+ " : difference.after() == null ? "- " : "~ ";
            paragraph(sign, ChangeWords.words(difference), Status.WARN, out);
        }
        for (String area : comparison.notCompared()) {
            paragraph("? ", area + " was read in one of the two alone", Status.UNKNOWN, out);
        }
        if (!comparison.differences().isEmpty() || !comparison.notCompared().isEmpty()) {
            out.append('\n');
        }
        int count = comparison.differences().size();
        out.append(Words.count(servers, "server"))
                .append(", ")
                .append(
                        count == 0
                                ? palette.status(Status.PASS, "no difference")
                                : palette.status(Status.WARN, Words.count(count, "difference")))
                .append('\n');
    }

    /** One line for each window. */
    public void list(List<Window> windows, Instant now, Appendable out) throws IOException {
        for (Window window : windows) {
            out.append(palette.strong(Plain.pad(window.id(), 16)))
                    .append(' ')
                    .append(Plain.pad(state(window, now), 12))
                    .append(' ')
                    .append(Plain.pad(Words.count(window.servers().size(), "server"), 12))
                    .append(" until ")
                    .append(time(window.until()))
                    .append("  ")
                    .append(verified(window))
                    .append('\n');
        }
    }

    private String verified(Window window) {
        if (window.state() == Window.State.OPENING) {
            return "open it again";
        }
        if (window.endedAt().isEmpty() && window.interrupted().isPresent()) {
            return "verification not finished";
        }
        return window.lastVerified()
                .map(last -> verdict(Objects.requireNonNull(last.verdict())))
                .orElse("not verified");
    }

    private static String state(Window window, Instant now) {
        return window.expired(now)
                ? "expired"
                : window.state() == Window.State.OPENING
                        ? "not opened"
                        : window.state().word();
    }

    /** Everything about one window but what its verification found. */
    public void window(Window window, Instant now, Appendable out) throws IOException {
        out.append(palette.strong(window.id()))
                .append(": ")
                .append(state(window, now))
                .append('\n');
        line("opened", time(window.openedAt()) + " by " + window.openedBy(), out);
        line("until", time(window.until()), out);
        List<String> names = window.servers();
        line(
                "servers",
                verbose || names.size() <= MOST_TOLD
                        ? String.join(", ", names)
                        : String.join(", ", names.subList(0, MOST_TOLD)) + " and " + (names.size() - MOST_TOLD)
                                + " more",
                out);
        line("inventory", window.inventory().toString(), out);
        if (window.forced() != null) {
            line("forced", window.forced(), out);
        }
        if (!window.baseline().isEmpty()) {
            line("baseline", "sha256 " + window.baseline(), out);
        }
        out.append('\n');
        for (Window.Event event : window.history()) {
            paragraph(
                    "  ",
                    time(event.at()) + "  " + event.what() + " by " + event.by()
                            + (event.detail().isEmpty() ? "" : ": " + event.detail()),
                    Status.SKIPPED,
                    out);
        }
    }

    private void line(String name, String text, Appendable out) throws IOException {
        List<String> lines = Plain.wrap(Plain.line(text), WIDTH - 13);
        for (int i = 0; i < lines.size(); i++) {
            out.append("  ")
                    .append(palette.faint(Plain.pad(i == 0 ? name : "", 10)))
                    .append(' ')
                    .append(lines.get(i))
                    .append('\n');
        }
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }
}
