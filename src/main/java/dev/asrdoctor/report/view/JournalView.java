package dev.asrdoctor.report.view;

import dev.asrdoctor.check.Status;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Entry;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.text.Words;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the journal tells. */
public final class JournalView {
    private JournalView() {}

    /** @param lines of the journal, all of which fit the chain */
    public static Document of(List<Attempt> attempts, int lines) {
        long open = attempts.stream().filter(attempt -> !attempt.ended()).count();
        List<Block> conclusion = new ArrayList<>();
        if (!attempts.isEmpty()) {
            conclusion.add(new Gap());
        }
        conclusion.add(new Note(
                Tone.PLAIN,
                Words.count(attempts.size(), "attempt") + ", " + open + " without an end; the chain of " + lines
                        + " lines holds"));
        return new Document(
                        "Journal",
                        conclusion,
                        () -> attempts.stream().map(JournalView::entry).iterator())
                .with(new Sheet(
                        List.of("at", "by", "server", "service", "result"),
                        () -> attempts.stream().flatMap(JournalView::rows).iterator()));
    }

    private static Block entry(Attempt attempt) {
        List<Block> blocks = new ArrayList<>();
        if (!attempt.ended()) {
            blocks.add(new Item(
                    Marks.of(Status.UNKNOWN),
                    "meant: " + String.join(", ", attempt.services()) + "; nobody has written down how it ended"));
        }
        attempt.results()
                .forEach((step, result) -> blocks.add(new Item(
                        Marks.of(result.startsWith("VERIFIED") ? Status.PASS : Status.FAIL), step + ": " + result)));
        List<String> details = new ArrayList<>(List.of(attempt.server()));
        if (!attempt.by().isEmpty()) {
            details.add("by " + attempt.by());
        }
        return new Entry(null, attempt.at().truncatedTo(ChronoUnit.SECONDS).toString(), details, blocks);
    }

    private static Stream<List<String>> rows(Attempt attempt) {
        return attempt.services().stream()
                .map(service -> List.of(
                        attempt.at().toString(),
                        attempt.by(),
                        attempt.server(),
                        service,
                        attempt.ended() ? attempt.results().getOrDefault(service, "") : "not told"));
    }
}
