package dev.asrdoctor.report.view;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.Missing;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Medium;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Only;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.store.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A verified change: server by server for a terminal, by kind of difference for a change board. */
public final class ChangeView {
    private static final int MOST_TOLD = 20;

    private ChangeView() {}

    /**
     * @param verbose tell old debt and declared differences one by one too
     * @param next what to do with the window now, empty where nothing is
     */
    public static Document of(ChangeReport report, boolean verbose, String next) {
        List<ServerChange> servers = ChangeWords.worstFirst(report.assessment());
        Document document = new Document(
                "Change " + report.window().id(),
                conclusion(report, next),
                List.of(
                        new Only(Medium.TERMINAL, terminal(report.assessment(), servers, verbose)),
                        new Only(Medium.PAGE, ChangePage.of(report, servers))));
        return ChangeRows.of(document.with(Marks.of(report.verdict())), report);
    }

    private static List<Block> conclusion(ChangeReport report, String next) {
        String summary = "(" + ChangeWords.summary(report.assessment()) + ")";
        Mark mark = Marks.of(report.verdict());
        List<Block> lines = new ArrayList<>();
        lines.add(new Note(
                Tone.PLAIN,
                Prose.words(report.window().id() + ": ", Tone.STRONG)
                        .and(mark.word(), mark.tone())
                        .and(" ")
                        .and(summary, Tone.FAINT)));
        if (!next.isEmpty()) {
            lines.add(new Note(Tone.PLAIN, next));
        }
        return List.of(
                new Only(Medium.TERMINAL, lines),
                new Only(Medium.PAGE, List.of(new Note(Tone.FAINT, ChangeWords.summary(report.assessment())))));
    }

    private static List<Block> terminal(Assessment assessment, List<ServerChange> servers, boolean verbose) {
        long passed = servers.stream()
                .filter(server -> server.verdict() == Verdict.PASS)
                .count();
        boolean each = verbose || passed <= MOST_TOLD;
        List<Block> blocks = new ArrayList<>();
        for (ServerChange server : servers) {
            if (each || server.verdict() != Verdict.PASS) {
                blocks.add(ServerChangeBlocks.of(server, verbose));
            }
        }
        if (!each) {
            blocks.add(new Item(Marks.of(Status.PASS), passed + " servers pass; -v tells each"));
        }
        blocks.add(new Gap());
        for (Missing missing : assessment.missingAnywhere()) {
            blocks.add(new Item(
                    Marks.of(Status.FAIL),
                    "declared, and come on no server: " + missing.expectation().text()));
        }
        for (String note : assessment.notes()) {
            blocks.add(new Item(Marks.of(Status.WARN), note));
        }
        for (String area : assessment.comparison().notCompared()) {
            blocks.add(new Item(
                    Marks.of(Status.WARN), area + " was read only once, so nothing is known of what differs there"));
        }
        return blocks;
    }
}
