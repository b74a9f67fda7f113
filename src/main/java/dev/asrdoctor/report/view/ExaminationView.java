package dev.asrdoctor.report.view;

import dev.asrdoctor.connect.Examination;
import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Result;
import dev.asrdoctor.connect.Examination.Verdict;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Entry;
import dev.asrdoctor.report.model.Block.Field;
import dev.asrdoctor.report.model.Block.Fields;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Group;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Suite;
import dev.asrdoctor.report.model.Suite.Case;
import dev.asrdoctor.report.model.Suite.Outcome;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How connecting went: a line a step, and at the one that failed what to do where. */
public final class ExaminationView {
    private static final Mark ACTION = new Mark(Tone.PLAIN, ">", "");

    private ExaminationView() {}

    public static Document of(List<Examination> examinations, RunInfo run) {
        long connect = examinations.stream().filter(Examination::connects).count();
        Note sum = new Note(
                Tone.PLAIN,
                connect + " of " + Words.count(examinations.size(), "server")
                        + (examinations.size() == 1 ? " connects" : " connect"));
        return new Document(
                        "Connecting",
                        List.of(sum),
                        () -> examinations.stream()
                                .flatMap(examination -> Stream.of(entry(examination), new Gap()))
                                .iterator())
                .with(new Sheet(
                        List.of("server", "at", "step", "verdict", "kind", "told", "actions"),
                        () -> examinations.stream()
                                .flatMap(ExaminationView::rows)
                                .iterator()))
                .with(new Document.Suites(
                        "asrdoctor doctor",
                        () -> examinations.stream()
                                .map(examination -> suite(examination, run))
                                .iterator()));
    }

    private static Block entry(Examination examination) {
        List<Block> blocks = new ArrayList<>();
        for (Result result : examination.steps()) {
            if (result.verdict() != Verdict.NOT_REACHED) {
                blocks.add(item(result));
            }
        }
        String missed = examination.steps().stream()
                .filter(result -> result.verdict() == Verdict.NOT_REACHED)
                .map(result -> result.step().words())
                .collect(Collectors.joining(", "));
        if (!missed.isEmpty()) {
            blocks.add(new Group(
                    "",
                    List.of(new Group(
                            "", List.of(new Group("", List.of(new Note(Tone.FAINT, "not reached: " + missed))))))));
        }
        return new Entry(null, examination.server().name(), List.of(examination.at()), blocks);
    }

    private static Block item(Result result) {
        List<Block> below = new ArrayList<>();
        if (!result.details().isEmpty()) {
            below.add(new Fields(result.details().stream()
                    .map(detail -> new Field(detail.name(), detail.value()))
                    .toList()));
        }
        for (Action action : result.actions()) {
            below.add(item(action));
        }
        return new Item(mark(result.verdict()), result.step().words(), Prose.words(result.told()), below);
    }

    private static Block item(Action action) {
        Prose prose = Prose.of(where(action) + ": " + action.what());
        for (String line : action.lines()) {
            prose = prose.and(Prose.command(line));
        }
        return new Item(ACTION, "", prose, List.of());
    }

    private static String where(Action action) {
        return (action.where() == Examination.Where.THE_INVENTORY ? "in " : "on ")
                + action.where().words();
    }

    private static Mark mark(Verdict verdict) {
        return switch (verdict) {
            case OK -> new Mark(Tone.GOOD, "ok   ", "ok");
            case WARN -> new Mark(Tone.WARN, "WARN ", "WARN");
            case FAIL -> new Mark(Tone.BAD, "FAIL ", "FAIL");
            case UNKNOWN, NOT_REACHED -> new Mark(Tone.FAINT, "-    ", "");
        };
    }

    private static Stream<List<String>> rows(Examination examination) {
        return examination.steps().stream()
                .map(result -> List.of(
                        examination.server().name(),
                        examination.at(),
                        result.step().id(),
                        Words.word(result.verdict()),
                        result.kind(),
                        result.told(),
                        actions(result, "; ")));
    }

    private static String actions(Result result, String between) {
        return result.actions().stream()
                .map(action -> where(action) + ": " + action.what()
                        + action.lines().stream().map(line -> " " + line).collect(Collectors.joining()))
                .collect(Collectors.joining(between));
    }

    private static Suite suite(Examination examination, RunInfo run) {
        String name = examination.server().name();
        return new Suite(
                name,
                "asrdoctor.doctor." + name,
                run.startedAt(),
                Map.of(),
                examination.steps().stream().map(ExaminationView::test).toList(),
                "");
    }

    private static Case test(Result result) {
        Outcome outcome = switch (result.verdict()) {
            case OK -> Outcome.PASSED;
            case WARN -> Outcome.NOTED;
            case FAIL -> Outcome.FAILED;
            case UNKNOWN, NOT_REACHED -> Outcome.SKIPPED;
        };
        return new Case(
                result.step().words(), outcome, result.told(), (result.told() + "\n" + actions(result, "\n")).strip());
    }
}
