package dev.asrdoctor.report.view;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.Drift;
import dev.asrdoctor.change.Assessment.Missing;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Field;
import dev.asrdoctor.report.model.Block.Fields;
import dev.asrdoctor.report.model.Block.Folded;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Section;
import dev.asrdoctor.report.model.Block.Table;
import dev.asrdoctor.report.model.Cell;
import dev.asrdoctor.report.model.Column;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.text.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** A verified change for a change board: what it has broken first, what was to be expected and what passed last. */
final class ChangePage {
    private ChangePage() {}

    /** @param servers the worst first */
    static Iterable<Block> of(ChangeReport report, List<ServerChange> servers) {
        Assessment assessment = report.assessment();
        List<Block> blocks = new ArrayList<>();
        problems("New problems", servers, ProblemChange.Kind.NEW, blocks);
        unreached(servers, blocks);
        missing(assessment, servers, blocks);
        problems("New warnings", servers, ProblemChange.Kind.NEW_WARNING, blocks);
        drift("Differences that nobody declared", servers, ServerChange::undeclared, blocks);
        notes(assessment, blocks);
        servers(servers, blocks);
        drift("Declared differences", servers, ServerChange::declared, blocks);
        problems("Declared problems", servers, ProblemChange.Kind.EXPECTED, blocks);
        problems("Problems gone", servers, ProblemChange.Kind.GONE, blocks);
        problems("Problems that were there before", servers, ProblemChange.Kind.UNCHANGED, blocks);
        blocks.add(new Section("What it rests on", 1, List.of(fields(report))));
        history(report.window(), blocks);
        blocks.add(new Table(
                List.of(new Column("date"), new Column("name"), new Column("signature")),
                true,
                List.of(List.of(Cell.of(" "), Cell.of(" "), Cell.of(" ")))));
        return blocks;
    }

    private static Fields fields(ChangeReport report) {
        Window window = report.window();
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("Opened", at(window.openedAt(), window.openedBy())));
        fields.add(new Field("Until", new Prose(List.of(new Prose.Moment(window.until())))));
        if (window.forced() != null) {
            fields.add(new Field("Forced", window.forced()));
        }
        if (report.verification().finishedAt() != null) {
            fields.add(new Field(
                    "Verified",
                    at(report.verification().finishedAt(), report.verification().by())));
        }
        fields.add(new Field("Tool", tool(report)));
        fields.add(new Field("Inventory", inventory(report)));
        fields.add(new Field(
                "Policy",
                report.policy()
                        + (report.policyFingerprint().isEmpty() ? "" : ", sha256 " + report.policyFingerprint())));
        fields.add(new Field("Declared", declared(report)));
        fields.add(new Field("Facts before", "sha256 " + report.baseline()));
        fields.add(new Field("Facts after", "sha256 " + report.after()));
        return new Fields(fields);
    }

    private static Prose at(Instant at, String by) {
        return new Prose(List.of(new Prose.Moment(at))).and(" by " + by);
    }

    /** Every version that had a part in it. */
    private static String tool(ChangeReport report) {
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

    private static String inventory(ChangeReport report) {
        Basis after = report.verification().basis();
        String before = report.window().inventory().toString();
        return after == null || after.inventory().equals(report.window().inventory())
                ? before
                : before + "; after the change " + after.inventory();
    }

    private static String declared(ChangeReport report) {
        Basis after = report.verification().basis();
        return after == null || after.declared().isEmpty() ? "nothing" : "sha256 " + after.declared();
    }

    private static void problems(
            String title, List<ServerChange> servers, ProblemChange.Kind kind, List<Block> blocks) {
        if (servers.stream().allMatch(server -> server.problems(kind).isEmpty())) {
            return;
        }
        boolean advised = kind != ProblemChange.Kind.GONE;
        table(
                title,
                List.of("server", "check", "what", "next"),
                servers.stream().flatMap(server -> server.problems(kind).stream()),
                problem -> List.of(
                        Cell.of(problem.server()),
                        Cell.of(problem.finding().check()),
                        Cell.of(problem.finding().title()),
                        new Cell.Text(
                                problem.finding().nextAction() == null || !advised
                                        ? new Prose(List.of())
                                        : Prose.of(problem.finding().nextAction()))),
                blocks);
    }

    private static void unreached(List<ServerChange> servers, List<Block> blocks) {
        List<ServerChange> lost =
                servers.stream().filter(server -> server.unread() != null).toList();
        if (!lost.isEmpty()) {
            table(
                    "Not reachable after the change",
                    List.of("server", "why", "next"),
                    lost.stream(),
                    server -> {
                        Reading.Unread unread = Objects.requireNonNull(server.unread());
                        return List.of(
                                Cell.of(server.server()),
                                Cell.of(unread.message()),
                                new Cell.Text(Prose.of(unread.advice())));
                    },
                    blocks);
        }
    }

    private static void missing(Assessment assessment, List<ServerChange> servers, List<Block> blocks) {
        record Lost(String server, Missing missing) {}
        List<Lost> lost = Stream.concat(
                        assessment.missingAnywhere().stream().map(one -> new Lost("any", one)),
                        servers.stream()
                                .flatMap(
                                        server -> server.missing().stream().map(one -> new Lost(server.server(), one))))
                .toList();
        if (!lost.isEmpty()) {
            table(
                    "Declared, but not come",
                    List.of("server", "declared", "instead"),
                    lost.stream(),
                    one -> List.of(
                            Cell.of(one.server()),
                            new Cell.Code(one.missing().expectation().text()),
                            new Cell.Code(one.missing().instead())),
                    blocks);
        }
    }

    private static void drift(
            String title, List<ServerChange> servers, Function<ServerChange, List<Drift>> which, List<Block> blocks) {
        List<Drift> drift =
                servers.stream().flatMap(server -> which.apply(server).stream()).toList();
        if (!drift.isEmpty()) {
            table(
                    title,
                    List.of("fact", "before", "after"),
                    drift.stream(),
                    one -> List.of(
                            new Cell.Code(one.difference().path()),
                            new Cell.Code(ChangeWords.value(one.difference().before())),
                            new Cell.Code(ChangeWords.value(one.difference().after()))),
                    blocks);
        }
    }

    private static void notes(Assessment assessment, List<Block> blocks) {
        List<Block> notes = Stream.concat(
                        assessment.notes().stream(),
                        assessment.comparison().notCompared().stream().map(area -> area + " was read only once"))
                .<Block>map(note -> new Item(Mark.BULLET, note))
                .toList();
        if (!notes.isEmpty()) {
            blocks.add(new Section("Notes", 1, notes));
        }
    }

    private static void servers(List<ServerChange> servers, List<Block> blocks) {
        List<Block> tables = new ArrayList<>();
        List<ServerChange> passed = servers.stream()
                .filter(server -> server.verdict() == Verdict.PASS)
                .toList();
        List<ServerChange> others = servers.stream()
                .filter(server -> server.verdict() != Verdict.PASS)
                .toList();
        if (!others.isEmpty()) {
            tables.add(verdicts(others));
        }
        if (!passed.isEmpty()) {
            tables.add(new Folded(
                    Marks.of(Verdict.PASS),
                    Words.count(passed.size(), "server") + (passed.size() == 1 ? " passes" : " pass"),
                    List.of(verdicts(passed))));
        }
        blocks.add(new Section("Servers", 1, tables));
    }

    private static Table verdicts(List<ServerChange> servers) {
        return new Table(
                List.of(new Column("server"), new Column("verdict"), new Column("why")),
                true,
                servers.stream()
                        .map(server -> List.<Cell>of(
                                Cell.of(server.server()),
                                new Cell.Verdict(Marks.of(server.verdict())),
                                Cell.of(
                                        server.unread() == null
                                                ? ChangeWords.why(server)
                                                : "not reachable: "
                                                        + server.unread().message())))
                        .toList());
    }

    private static void history(Window window, List<Block> blocks) {
        table(
                "What was done",
                List.of("when", "who", "what"),
                window.history().stream(),
                event -> List.of(
                        Cell.of(event.at()),
                        Cell.of(event.by()),
                        Cell.of(event.what() + (event.detail().isEmpty() ? "" : ": " + event.detail()))),
                blocks);
    }

    private static <T> void table(
            String title, List<String> columns, Stream<T> rows, Function<T, List<Cell>> row, List<Block> blocks) {
        blocks.add(new Section(
                title,
                1,
                List.of(new Table(
                        columns.stream().map(Column::new).toList(),
                        true,
                        rows.map(row).toList()))));
    }
}
