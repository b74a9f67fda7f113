package dev.asrdoctor.report.view;

import dev.asrdoctor.change.Comparison;
import dev.asrdoctor.change.Difference;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What differs between two sets of facts, in the order of paths. */
public final class DifferencesView {
    private DifferencesView() {}

    /** @param servers how many were compared */
    public static Document of(Comparison comparison, int servers) {
        int count = comparison.differences().size();
        List<Block> conclusion = new ArrayList<>();
        if (count > 0 || !comparison.notCompared().isEmpty()) {
            conclusion.add(new Gap());
        }
        conclusion.add(new Note(
                Tone.PLAIN,
                Prose.words(Words.count(servers, "server") + ", ")
                        .and(
                                count == 0 ? "no difference" : Words.count(count, "difference"),
                                count == 0 ? Tone.GOOD : Tone.WARN)));
        return new Document(
                        "Differences",
                        conclusion,
                        () -> Stream.concat(
                                        comparison.differences().stream().map(DifferencesView::item),
                                        comparison.notCompared().stream().map(DifferencesView::notCompared))
                                .iterator())
                .with(new Sheet(
                        List.of("server", "path", "kind", "before", "after"),
                        () -> comparison.differences().stream()
                                .map(DifferencesView::row)
                                .iterator()));
    }

    private static Block item(Difference difference) {
        String sign = difference.before() == null ? "+" : difference.after() == null ? "-" : "~";
        return new Item(new Mark(Tone.WARN, sign, ""), ChangeWords.words(difference));
    }

    private static Block notCompared(String area) {
        return new Item(Marks.of(Status.UNKNOWN), area + " was read in one of the two alone");
    }

    private static List<String> row(Difference difference) {
        return List.of(
                difference.server(),
                difference.path(),
                difference.kind(),
                text(difference.before()),
                text(difference.after()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
