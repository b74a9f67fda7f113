package dev.asrdoctor.report.view;

import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Field;
import dev.asrdoctor.report.model.Block.Fields;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Group;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Table;
import dev.asrdoctor.report.model.Cell;
import dev.asrdoctor.report.model.Column;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.text.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Change windows. */
public final class WindowsView {
    private static final int MOST_TOLD = 20;
    private static final List<Column> COLUMNS = List.of(
            new Column("CHANGE", 16),
            new Column("STATE", 12),
            new Column("SERVERS", 12),
            new Column("UNTIL", 21),
            new Column("VERIFIED"));

    private WindowsView() {}

    /**
     * One line for each.
     *
     * @param none what is to be said where there is none; empty for nothing
     */
    public static Document list(List<Window> windows, Instant now, String none) {
        List<Block> blocks = windows.isEmpty() && !none.isEmpty()
                ? List.of(new Note(Tone.PLAIN, none))
                : List.of(new Table(
                        COLUMNS,
                        true,
                        () -> windows.stream().map(window -> line(window, now)).iterator()));
        return new Document("Change windows", blocks)
                .with(new Sheet(
                        List.of("change", "state", "servers", "openedAt", "openedBy", "until", "verdict"),
                        () -> windows.stream().map(window -> row(window, now)).iterator()));
    }

    private static List<Cell> line(Window window, Instant now) {
        Mark mark = window.lastVerified()
                .map(last -> Marks.of(Objects.requireNonNull(last.verdict())))
                .orElse(null);
        String unverified = unverified(window);
        return List.of(
                Cell.of(window.id(), Tone.STRONG),
                Cell.of(state(window, now)),
                Cell.of(Words.count(window.servers().size(), "server")),
                new Cell.Text(new Prose(List.of(new Prose.Moment(window.until())))),
                !unverified.isEmpty() || mark == null
                        ? Cell.of(unverified.isEmpty() ? "not verified" : unverified)
                        : Cell.of(mark.word(), mark.tone()));
    }

    private static String unverified(Window window) {
        if (window.state() == Window.State.OPENING) {
            return "open it again";
        }
        return window.endedAt().isEmpty() && window.interrupted().isPresent() ? "not finished" : "";
    }

    private static List<String> row(Window window, Instant now) {
        return List.of(
                window.id(),
                state(window, now),
                String.join("; ", window.servers()),
                window.openedAt().toString(),
                window.openedBy(),
                window.until().toString(),
                window.lastVerified()
                        .map(Window.Verification::verdict)
                        .map(Enum::name)
                        .orElse(""));
    }

    private static String state(Window window, Instant now) {
        return window.expired(now)
                ? "expired"
                : window.state() == Window.State.OPENING
                        ? "not opened"
                        : window.state().word();
    }

    /**
     * Everything about one but what its verification found.
     *
     * @param verbose all of its servers by name
     */
    public static Document one(Window window, Instant now, boolean verbose) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Note(Tone.PLAIN, Prose.words(window.id(), Tone.STRONG).and(": " + state(window, now))));
        blocks.add(new Group("", List.of(fields(window, verbose))));
        blocks.add(new Gap());
        blocks.add(
                new Group("", window.history().stream().map(WindowsView::event).toList()));
        blocks.add(new Gap());
        return new Document("Change " + window.id(), blocks);
    }

    private static Fields fields(Window window, boolean verbose) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(
                "opened", new Prose(List.of(new Prose.Moment(window.openedAt()))).and(" by " + window.openedBy())));
        fields.add(new Field("until", new Prose(List.of(new Prose.Moment(window.until())))));
        fields.add(new Field(
                "servers", verbose ? String.join(", ", window.servers()) : Words.first(window.servers(), MOST_TOLD)));
        fields.add(new Field("inventory", window.inventory().toString()));
        if (window.forced() != null) {
            fields.add(new Field("forced", window.forced()));
        }
        if (!window.baseline().isEmpty()) {
            fields.add(new Field("baseline", "sha256 " + window.baseline()));
        }
        return new Fields(fields);
    }

    private static Block event(Window.Event event) {
        return new Note(
                Tone.PLAIN,
                new Prose(List.of(
                        new Prose.Moment(event.at()),
                        new Prose.Words(
                                "  " + event.what() + " by " + event.by()
                                        + (event.detail().isEmpty() ? "" : ": " + event.detail()),
                                Tone.PLAIN))));
    }
}
