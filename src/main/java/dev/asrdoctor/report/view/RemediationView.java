package dev.asrdoctor.report.view;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.remedy.HeldBack;
import dev.asrdoctor.remedy.ServerResult;
import dev.asrdoctor.remedy.Step;
import dev.asrdoctor.remedy.StepResult;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Entry;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Section;
import dev.asrdoctor.report.model.Block.Table;
import dev.asrdoctor.report.model.Cell;
import dev.asrdoctor.report.model.Column;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a remediation means to do, or has done. */
public final class RemediationView {
    private static final int TURN = 22;

    private final List<ServerResult> servers;
    private final @Nullable String stopped;

    /** @param stopped why nothing at all is done, null where something may be */
    public RemediationView(List<ServerResult> servers, @Nullable String stopped) {
        this.servers = servers;
        this.stopped = stopped;
    }

    /**
     * Every step with its reason, and whatever is held back.
     *
     * @param unreached servers that could not be read
     */
    public Document plan(List<ServerReport> unreached, CheckView told) {
        List<Block> before = new ArrayList<>();
        if (!unreached.isEmpty()) {
            before.addAll(told.blocks());
            before.add(new Gap());
        }
        before.addAll(stopped());
        Iterable<Block> body = () -> Stream.concat(
                        before.stream(),
                        servers.stream().filter(RemediationView::isTold).map(RemediationView::planned))
                .iterator();
        return RemedyRows.of(new Document("Plan of a remediation", ends(), body), servers, unreached);
    }

    private List<Block> ends() {
        int steps = servers.stream()
                .mapToInt(server -> server.plan().steps().size())
                .sum();
        return steps == 0
                ? List.of(new Note(Tone.PLAIN, "Nothing to do: " + whyNothing() + "."))
                : List.of(
                        new Gap(),
                        new Note(
                                Tone.PLAIN,
                                "Nothing was changed. Run it again with --apply to do "
                                        + (steps == 1 ? "this step" : "these " + steps + " steps") + "."));
    }

    private static Block planned(ServerResult server) {
        List<Block> blocks = new ArrayList<>();
        for (Step step : server.plan().steps()) {
            blocks.add(planned(blocks.size() + 1, step));
        }
        blocks.addAll(heldBack(server));
        return entry(server, blocks);
    }

    private static Block planned(int number, Step step) {
        List<Block> below = new ArrayList<>();
        below.add(new Note(Tone.FAINT, "why: " + step.why()));
        below.add(new Note(Tone.FAINT, "proof: " + step.verifies()));
        if (step.undo() != null) {
            below.add(new Note(Tone.FAINT, Prose.words("undo:").and(Prose.command(step.undo()))));
        }
        if (step.whatIf()) {
            below.add(new Note(Tone.FAINT, "only rehearsed: the policy says what-if for " + step.remedy()));
        }
        // The verb stands out.
        String words = step.words();
        int verb = words.indexOf(' ');
        Prose prose = Prose.words(words.substring(0, verb), Tone.STRONG).and(words.substring(verb));
        return new Item(Mark.number(number), prose, below);
    }

    /**
     * What was done, each step by what was read afterwards.
     *
     * @param judged checks that judged before and after; the others need facts that a remediation does not read
     * @param remains what is to be told of the servers now
     */
    public Document result(
            List<ServerReport> before, List<ServerReport> after, Collection<String> judged, CheckView remains) {
        List<ServerReport> unreached =
                after.stream().filter(report -> !report.reached()).toList();
        Iterable<Block> body = () -> Stream.<Block>of(
                        new Section("What was done", 1, () -> done().iterator()),
                        new Section("Before and after", 1, beforeAndAfter(before, after, judged)),
                        new Section("What remains", 1, remains.blocks()))
                .iterator();
        return RemedyRows.of(new Document("Remediation", body), servers, unreached);
    }

    private Stream<Block> done() {
        return Stream.concat(
                stopped().stream(),
                Stream.concat(
                        servers.stream().filter(RemediationView::isTold).map(RemediationView::ended), sums().stream()));
    }

    private static Block ended(ServerResult server) {
        List<Block> blocks = new ArrayList<>();
        for (StepResult step : server.steps()) {
            blocks.add(new Item(mark(step), "", Prose.words(step.step().key() + ": " + step.reason()), List.of()));
        }
        blocks.addAll(heldBack(server));
        return entry(server, blocks);
    }

    private List<Block> sums() {
        long verified = count(step -> step.verdict() == StepResult.Verdict.VERIFIED);
        long failed = count(StepResult::failed);
        long untried = count(step ->
                step.verdict() == StepResult.Verdict.NOT_TRIED && !step.step().whatIf());
        List<Block> blocks = new ArrayList<>();
        if (untried > 0) {
            blocks.add(new Gap());
            blocks.add(new Note(
                    Tone.PLAIN, Prose.words(Words.count(untried, "step") + " not tried, and still to do", Tone.WARN)));
        }
        if (verified + failed + untried == 0) {
            blocks.add(new Note(Tone.PLAIN, "Nothing was done: " + whyNothing() + "."));
        } else if (verified + failed > 0) {
            Prose sum = Prose.words(Words.count(verified, "step") + " done and verified", Tone.STRONG);
            blocks.add(new Gap());
            blocks.add(new Note(Tone.PLAIN, failed == 0 ? sum : sum.and(", ").and(failed + " not healed", Tone.BAD)));
        }
        return blocks;
    }

    private long count(Predicate<StepResult> which) {
        return servers.stream()
                .filter(RemediationView::isTold)
                .flatMap(server -> server.steps().stream())
                .filter(which)
                .count();
    }

    private static List<Block> beforeAndAfter(
            List<ServerReport> before, List<ServerReport> after, Collection<String> judged) {
        Iterable<List<Cell>> rows = () -> IntStream.range(0, before.size())
                .mapToObj(i -> List.<Cell>of(
                        new Cell.Turn(
                                Marks.of(before.get(i).status()),
                                Marks.of(after.get(i).status())),
                        Cell.of(before.get(i).server().name())))
                .iterator();
        return List.of(
                new Note(
                        Tone.FAINT,
                        "As far as these tell: " + String.join(", ", judged)
                                + "; asrdoctor check looks at everything."),
                new Table(List.of(new Column("before and after", TURN), new Column("server")), false, rows));
    }

    private List<Block> stopped() {
        return stopped == null
                ? List.of()
                : List.of(new Item(new Mark(Tone.BAD, "!", ""), "Nothing is done: " + stopped + "."), new Gap());
    }

    private String whyNothing() {
        return servers.stream().allMatch(server -> server.plan().heldBack().isEmpty())
                ? "nothing that could be read asks for it"
                : "whatever is wrong is left alone";
    }

    private static boolean isTold(ServerResult server) {
        return !server.plan().steps().isEmpty() || !server.plan().heldBack().isEmpty();
    }

    private static Entry entry(ServerResult server, List<Block> blocks) {
        return new Entry(
                null,
                server.plan().server().name(),
                List.of(server.plan().server().deployment().id()),
                blocks);
    }

    private static List<Block> heldBack(ServerResult server) {
        // Two remedies may leave the same thing alone for the same reason.
        Set<String> told = new LinkedHashSet<>();
        for (HeldBack held : server.plan().heldBack()) {
            told.add(held.target() + " is left alone: " + held.reason());
        }
        return told.stream()
                .<Block>map(text -> new Item(new Mark(Tone.WARN, "-", ""), Prose.of(text), List.of()))
                .toList();
    }

    private static Mark mark(StepResult step) {
        return switch (step.verdict()) {
            case VERIFIED -> Marks.of(Status.PASS);
            case UNKNOWN -> new Mark(Tone.BAD, "?", "UNKNOWN");
            case NOT_TRIED -> new Mark(Tone.WARN, "-", "NOT TRIED");
            case NO_EFFECT, FAILED, STOPPED_AGAIN, KEPT_OUT ->
                new Mark(Tone.BAD, "x", step.verdict().name().replace('_', ' '));
        };
    }
}
