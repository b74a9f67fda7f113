package dev.asrdoctor.report.view;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Field;
import dev.asrdoctor.report.model.Block.Fields;
import dev.asrdoctor.report.model.Block.Folded;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Medium;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Only;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Findings one by one. */
final class FindingBlocks {
    static final Comparator<Finding> WORST_FIRST = Comparator.comparingInt(
                    (Finding finding) -> Marks.rank(finding.status()))
            .thenComparing(Finding::severity, Comparator.reverseOrder());

    private FindingBlocks() {}

    /** @param evidence whether a terminal tells what was read too; a page always does */
    static Block of(Finding finding, boolean evidence) {
        List<Block> below = new ArrayList<>();
        if (evidence) {
            below.add(new Only(Medium.TERMINAL, evidence(finding)));
        }
        if (finding.nextAction() != null && Marks.isProblem(finding.status())) {
            below.add(next(finding.nextAction()));
        }
        below.add(new Only(
                Medium.PAGE, List.of(new Folded(Marks.of(finding.status()), source(finding), List.of(read(finding))))));
        return new Item(Marks.of(finding.status()), "", Prose.words(finding.title()), below);
    }

    static Note next(String advice) {
        return new Note(Tone.FAINT, Prose.of("next: " + advice));
    }

    private static List<Block> evidence(Finding finding) {
        return List.of(
                new Note(Tone.FAINT, source(finding)),
                new Note(
                        Tone.FAINT,
                        finding.evidence().entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining(", "))));
    }

    private static String source(Finding finding) {
        String step = finding.step().isEmpty()
                ? ""
                : finding.step().equals("0") ? ", best practices" : ", step " + finding.step() + " of the article";
        return finding.check() + step;
    }

    private static Fields read(Finding finding) {
        return new Fields(finding.evidence().entrySet().stream()
                .map(entry -> new Field(entry.getKey(), String.valueOf(entry.getValue())))
                .toList());
    }

    /** Those that are in order, in one line. */
    static List<Block> passes(List<Finding> findings) {
        List<Finding> passed = findings.stream()
                .filter(finding -> finding.status() == Status.PASS)
                .toList();
        if (passed.isEmpty()) {
            return List.of();
        }
        String count = passed.size() == 1 ? "1 check passed" : passed.size() + " checks passed";
        String checks = passed.stream().map(Finding::check).distinct().collect(Collectors.joining(", "));
        return List.of(
                new Only(Medium.TERMINAL, List.of(new Folded(Marks.of(Status.PASS), count + ": " + checks, List.of()))),
                new Only(
                        Medium.PAGE,
                        List.of(new Folded(
                                Marks.of(Status.PASS),
                                count,
                                passed.stream()
                                        .<Block>map(finding -> new Item(Marks.of(Status.PASS), finding.title()))
                                        .toList()))));
    }
}
