package dev.asrdoctor.report.view;

import dev.asrdoctor.change.Assessment.Drift;
import dev.asrdoctor.change.Assessment.Missing;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Entry;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.List;

/** What a change has made of one server. */
final class ServerChangeBlocks {
    private static final Mark DIFFERS = new Mark(Tone.WARN, "~", "");
    private static final Mark DECLARED = new Mark(Tone.GOOD, "=", "");
    private static final Mark OLD = new Mark(Tone.FAINT, ".", "");

    private ServerChangeBlocks() {}

    /** @param verbose tell old debt and declared differences one by one too */
    static Entry of(ServerChange server, boolean verbose) {
        List<ProblemChange> old = server.problems(ProblemChange.Kind.UNCHANGED);
        String note = server.verdict() == Verdict.PASS
                ? ChangeWords.passed(server)
                : old.isEmpty() || verbose ? "" : Words.count(old.size(), "old problem") + " unchanged";
        List<Block> blocks = new ArrayList<>();
        Reading.Unread unread = server.unread();
        if (unread != null) {
            unread(server, unread, blocks);
        } else {
            found(server, blocks);
            if (verbose) {
                known(server, old, blocks);
            }
        }
        return new Entry(
                Marks.of(server.verdict()), server.server(), note.isEmpty() ? List.of() : List.of(note), blocks);
    }

    private static void unread(ServerChange server, Reading.Unread unread, List<Block> blocks) {
        List<Block> below = new ArrayList<>();
        if (server.unreadBefore()) {
            below.add(new Note(Tone.FAINT, "it was not read before the change either, so nothing is known of it"));
        }
        below.add(FindingBlocks.next(unread.advice()));
        blocks.add(item(Status.FAIL, "not reachable after the change: " + unread.message(), below));
    }

    private static void found(ServerChange server, List<Block> blocks) {
        if (server.unreadBefore()) {
            blocks.add(item(Status.WARN, "it was not read before the change, so nothing can be compared", List.of()));
        }
        for (ProblemChange problem : server.problems(ProblemChange.Kind.NEW)) {
            blocks.add(problem("new problem: ", problem, Status.FAIL));
        }
        for (Missing missing : server.missing()) {
            blocks.add(item(
                    Status.FAIL,
                    "declared, but not come: " + missing.expectation().text(),
                    missing.instead().isEmpty() ? List.of() : List.of(new Note(Tone.FAINT, missing.instead()))));
        }
        for (ProblemChange problem : server.problems(ProblemChange.Kind.NEW_WARNING)) {
            blocks.add(problem("new warning: ", problem, Status.WARN));
        }
        for (Drift drift : server.undeclared()) {
            blocks.add(new Item(DIFFERS, ChangeWords.words(drift.difference())));
        }
        for (ProblemChange problem : server.problems(ProblemChange.Kind.GONE)) {
            blocks.add(item(Status.PASS, "gone: " + problem.finding().title(), List.of()));
        }
    }

    /** What was to be expected. */
    private static void known(ServerChange server, List<ProblemChange> old, List<Block> blocks) {
        for (Drift drift : server.declared()) {
            blocks.add(new Item(DECLARED, ChangeWords.words(drift.difference())));
        }
        for (ProblemChange problem : server.problems(ProblemChange.Kind.EXPECTED)) {
            blocks.add(new Item(DECLARED, "declared: " + problem.finding().title()));
        }
        for (ProblemChange problem : old) {
            blocks.add(new Item(OLD, "was so before: " + problem.finding().title()));
        }
    }

    private static Item problem(String kind, ProblemChange problem, Status status) {
        String next = problem.finding().nextAction();
        return item(
                status, kind + problem.finding().title(), next == null ? List.of() : List.of(FindingBlocks.next(next)));
    }

    private static Item item(Status status, String text, List<Block> below) {
        return new Item(Marks.of(status), "", Prose.words(text), below);
    }
}
