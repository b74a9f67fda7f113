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
import dev.asrdoctor.change.Verdict;
import dev.asrdoctor.change.Window;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes and differences for people, in 80 columns. */
public final class ChangeText {
    public static final int WIDTH = TextReport.WIDTH;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z", Locale.ENGLISH);
    private static final int LONGEST_VALUE = 120;
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
        List<ServerChange> servers = worstFirst(assessment);
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
        String summary = "(" + summary(assessment) + ")";
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

    /** Counts for a line. */
    static String summary(Assessment assessment) {
        List<String> parts = new ArrayList<>();
        parts.add(Words.count(assessment.servers().size(), "server"));
        long unread = assessment.servers().stream()
                .filter(server -> server.unread() != null)
                .count();
        add(parts, unread, "not reachable", "not reachable");
        add(parts, count(assessment, ProblemChange.Kind.NEW), "new problem", "new problems");
        add(parts, count(assessment, ProblemChange.Kind.NEW_WARNING), "new warning", "new warnings");
        long missing = assessment.missingAnywhere().size()
                + assessment.servers().stream()
                        .mapToLong(server -> server.missing().size())
                        .sum();
        add(parts, missing, "declared difference missing", "declared differences missing");
        long undeclared = assessment.servers().stream()
                .mapToLong(server -> server.undeclared().size())
                .sum();
        add(parts, undeclared, "undeclared difference", "undeclared differences");
        long declared = assessment.servers().stream()
                .mapToLong(server -> server.declared().size())
                .sum();
        add(parts, declared, "declared difference", "declared differences");
        add(parts, count(assessment, ProblemChange.Kind.GONE), "problem gone", "problems gone");
        add(parts, count(assessment, ProblemChange.Kind.UNCHANGED), "old problem unchanged", "old problems unchanged");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? one : many));
        }
    }

    private static long count(Assessment assessment, ProblemChange.Kind kind) {
        return assessment.servers().stream()
                .mapToLong(server -> server.problems(kind).size())
                .sum();
    }

    /** What cannot be reached, then what failed, and what passed last. */
    public static List<ServerChange> worstFirst(Assessment assessment) {
        return assessment.servers().stream()
                .sorted(Comparator.comparingInt(ChangeText::worst))
                .toList();
    }

    private static int worst(ServerChange server) {
        return server.unread() != null
                ? 0
                : switch (server.verdict()) {
                    case FAIL -> 1;
                    case NOTES -> 2;
                    case PASS -> 3;
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
                ? passed(server)
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
        if (verbose) {
            for (Drift drift : server.declared()) {
                difference("= ", drift.difference(), Status.PASS, out);
            }
            for (ProblemChange problem : server.problems(ProblemChange.Kind.EXPECTED)) {
                entry("= ", Status.PASS, "declared: " + problem.finding().title(), out);
            }
            for (ProblemChange problem : old) {
                entry(
                        ". ",
                        Status.SKIPPED,
                        "was so before: " + problem.finding().title(),
                        out);
            }
        }
    }

    /** Why a server has its verdict, in a line. */
    static String why(ServerChange server) {
        return switch (server.verdict()) {
            case FAIL -> server.waitingFor();
            case PASS -> passed(server);
            case NOTES -> {
                List<String> parts = new ArrayList<>();
                if (server.unreadBefore()) {
                    parts.add("not read before the change");
                }
                add(parts, server.problems(ProblemChange.Kind.NEW_WARNING).size(), "new warning", "new warnings");
                add(parts, server.undeclared().size(), "undeclared difference", "undeclared differences");
                yield String.join(", ", parts);
            }
        };
    }

    private static String passed(ServerChange server) {
        List<String> parts = new ArrayList<>();
        int declared = server.declared().size();
        parts.add(declared == 0 ? "as before" : Words.count(declared, "declared difference") + ", nothing else");
        int old = server.problems(ProblemChange.Kind.UNCHANGED).size();
        if (old > 0) {
            parts.add(Words.count(old, "old problem") + " unchanged");
        }
        return String.join("; ", parts);
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
        entry(sign, status, words(difference), out);
    }

    /** Path and values, for example {@code ps-01/product/version: 9.61 -> 9.62}. */
    static String words(Difference difference) {
        String before = difference.before();
        String after = difference.after();
        String path = difference.path();
        if (before == null) {
            return path + " is new" + itself(path, after);
        }
        if (after == null) {
            return path + " is gone" + itself(path, before);
        }
        return path + ": " + value(before) + " -> " + value(after);
    }

    /** A list's item that is its own key needs not be told twice. */
    private static String itself(String path, @Nullable String value) {
        return value == null || path.endsWith("/" + value) ? "" : ": " + value(value);
    }

    static String value(@Nullable String value) {
        return value == null ? "nothing" : value.isEmpty() ? "''" : Plain.cut(Plain.line(value), LONGEST_VALUE);
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
            paragraph(sign, words(difference), Status.WARN, out);
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
