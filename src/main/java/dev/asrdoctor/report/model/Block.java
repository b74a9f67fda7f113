package dev.asrdoctor.report.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document. Parts that may be as many as there are servers are made while they are shown, as often as somebody
 * asks for them, so that a document of ten thousand servers is never in memory.
 */
public sealed interface Block {

    /** @param level 1 for the parts of a document, 2 for parts of these */
    record Section(String title, int level, Iterable<Block> blocks) implements Block {}

    /**
     * What a report goes through one by one: a server, a window, an attempt.
     *
     * @param mark null where nothing is said of the whole of it
     * @param details a few words each, the last of them the longest
     */
    record Entry(@Nullable Mark mark, String title, List<String> details, List<Block> blocks) implements Block {}

    /**
     * One thing that is said, with what belongs to it.
     *
     * @param label a name before it, in a column of its own; empty for none
     */
    record Item(Mark mark, String label, Prose prose, List<Block> blocks) implements Block {
        public Item(Mark mark, Prose prose, List<Block> blocks) {
            this(mark, "", prose, blocks);
        }

        public Item(Mark mark, Prose prose) {
            this(mark, "", prose, List.of());
        }

        public Item(Mark mark, String words) {
            this(mark, Prose.words(words));
        }
    }

    /** @param label what its blocks have in common; empty where that is plain */
    record Group(String label, List<Block> blocks) implements Block {}

    /** A paragraph. */
    record Note(Tone tone, Prose prose) implements Block {
        public Note(Tone tone, String words) {
            this(tone, Prose.words(words));
        }
    }

    /** Values with their names. */
    record Fields(List<Field> fields) implements Block {}

    record Field(String name, Prose value) {
        public Field(String name, String value) {
            this(name, Prose.words(value));
        }
    }

    /** @param headed whether its columns' names are shown also where they are plain from what stands in them */
    record Table(List<Column> columns, boolean headed, Iterable<List<Cell>> rows) implements Block {}

    /** What few want to see: a line that says what it is, and the rest where a format can hide it until it is asked for. */
    record Folded(Mark mark, String summary, Iterable<Block> blocks) implements Block {}

    /** Parts that only one kind of format has room or need for. */
    record Only(Medium medium, Iterable<Block> blocks) implements Block {}

    /** A rest for the eye where there are only lines. */
    record Gap() implements Block {}

    enum Medium {
        /** Lines that run past, of which the last are seen first. */
        TERMINAL,
        /** A page that is read from its top, by somebody who was not there. */
        PAGE
    }
}
