package dev.asrdoctor.report.view;

import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Medium;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Only;
import dev.asrdoctor.report.model.Block.Section;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A page of what is known, made heading by heading. */
final class Pages {
    private final String title;
    private final List<Block> blocks = new ArrayList<>();

    Pages(String title) {
        this.title = title;
    }

    /** A paragraph, with its commands between backquotes. */
    static Block note(String text) {
        return new Note(Tone.PLAIN, Prose.of(text));
    }

    Pages begin(String text) {
        blocks.add(note(text));
        return this;
    }

    Pages items(List<String> texts) {
        texts.forEach(text -> blocks.add(item(text)));
        return this;
    }

    Pages section(String heading, Stream<Block> within) {
        List<Block> found = within.toList();
        if (!found.isEmpty()) {
            blocks.add(new Gap());
            blocks.add(new Section(heading, 2, found));
        }
        return this;
    }

    Pages prose(String heading, String text) {
        return section(heading, Stream.of(note(text)));
    }

    Pages list(String heading, List<String> texts) {
        return section(heading, texts.stream().map(Pages::item));
    }

    private static Block item(String text) {
        return new Item(Mark.BULLET, "", Prose.of(text), List.of());
    }

    /** As a part of a document. */
    Block section() {
        return new Section(title, 2, blocks);
    }

    Document document() {
        // A page has its title at its top anyway.
        Block heading = new Only(Medium.TERMINAL, List.of(new Note(Tone.STRONG, title), new Gap()));
        return new Document(
                title, Stream.concat(Stream.of(heading), blocks.stream()).toList());
    }
}
