package dev.asrdoctor.report.format;

import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Entry;
import dev.asrdoctor.report.model.Block.Field;
import dev.asrdoctor.report.model.Block.Fields;
import dev.asrdoctor.report.model.Block.Folded;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Group;
import dev.asrdoctor.report.model.Block.Item;
import dev.asrdoctor.report.model.Block.Medium;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Only;
import dev.asrdoctor.report.model.Block.Section;
import dev.asrdoctor.report.model.Block.Table;
import dev.asrdoctor.report.model.Cell;
import dev.asrdoctor.report.model.Column;
import dev.asrdoctor.report.model.Mark;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.text.Plain;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Blocks as lines of a terminal, whatever belongs to something further to the right than that. */
final class TextLines {
    private static final int MARK = 9;
    private static final int NAME = 20;
    private static final int DETAIL = 21;
    private static final int LABEL = 18;
    private static final int FIELD = 10;
    private static final int COMMAND = 4;
    private static final int BELOW = 4;

    private final Look look;
    private final Writer out;

    TextLines(Look look, Writer out) {
        this.look = look;
        this.out = out;
    }

    void blocks(Iterable<Block> blocks, int indent) throws IOException {
        for (Block block : blocks) {
            block(block, indent);
        }
    }

    private void block(Block block, int indent) throws IOException {
        switch (block) {
            case Section section -> section(section, indent);
            case Entry entry -> entry(entry, indent);
            case Item item -> item(item, indent);
            case Group group -> {
                if (!group.label().isEmpty()) {
                    line(indent, paint(Tone.FAINT, Plain.line(group.label())));
                }
                blocks(group.blocks(), indent + 2);
            }
            case Note note -> prose(note.prose(), note.tone(), "", 0, indent, indent);
            case Fields fields -> fields(fields, indent);
            case Table table -> table(table, indent);
            case Folded folded ->
                prose(
                        Prose.words(folded.summary()),
                        Tone.PLAIN,
                        lead(folded.mark()),
                        width(folded.mark()),
                        indent,
                        indent + width(folded.mark()));
            case Only only -> {
                if (only.medium() == Medium.TERMINAL) {
                    blocks(only.blocks(), indent);
                }
            }
            case Gap() -> out.write('\n');
        }
    }

    private void section(Section section, int indent) throws IOException {
        String title = Plain.line(section.title());
        if (section.level() == 1) {
            line(0, "");
            line(0, title);
            line(0, "-".repeat(Plain.columns(title)));
        } else {
            line(indent, paint(Tone.STRONG, title));
        }
        blocks(section.blocks(), indent);
    }

    private void entry(Entry entry, int indent) throws IOException {
        Mark mark = entry.mark();
        StringBuilder head = new StringBuilder();
        String title = Plain.line(entry.title());
        if (mark == null) {
            head.append(paint(Tone.STRONG, title));
            for (String detail : entry.details()) {
                head.append(paint(Tone.FAINT, "  " + Plain.line(detail)));
            }
            line(indent, head.toString());
            blocks(entry.blocks(), indent + 2);
            return;
        }
        int used = indent + (mark.spelled() ? MARK + 1 : width(mark));
        head.append(mark.spelled() ? paint(mark.tone(), Plain.pad(spelled(mark), MARK)) + " " : lead(mark));
        if (entry.details().isEmpty()) {
            head.append(paint(Tone.STRONG, title));
        } else {
            int name = NAME + (look.width() - Look.NARROW) / 2;
            head.append(paint(Tone.STRONG, Plain.pad(title, name)));
            details(entry.details(), look.width() - used - name, head);
        }
        line(indent, head.toString());
        blocks(entry.blocks(), indent + 4);
    }

    private void details(List<String> details, int columns, StringBuilder head) {
        int left = columns;
        for (int i = 0; i < details.size(); i++) {
            boolean last = i == details.size() - 1;
            String detail = Plain.line(details.get(i));
            String text = last ? Plain.cut(detail, left - 1) : Plain.pad(detail, DETAIL);
            head.append(' ').append(last && details.size() > 1 ? text : paint(Tone.FAINT, text));
            left -= DETAIL + 1;
        }
    }

    private void item(Item item, int indent) throws IOException {
        int within = indent + width(item.mark());
        String label = item.label().isEmpty() ? "" : Plain.pad(Plain.line(item.label()), LABEL);
        int text = within + label.length();
        if (item.prose().isEmpty()) {
            line(indent, (lead(item.mark()) + label).stripTrailing());
        } else {
            prose(item.prose(), Tone.PLAIN, lead(item.mark()) + label, text - indent, indent, text);
        }
        for (Block block : item.blocks()) {
            block(block, block instanceof Fields ? text : within);
        }
    }

    /**
     * @param lead what stands before the first line, painted
     * @param leading how many columns of it
     * @param hang where all other lines begin
     */
    private void prose(Prose prose, Tone tone, String lead, int leading, int indent, int hang) throws IOException {
        Paragraph words = new Paragraph();
        boolean first = true;
        for (Prose.Span span : prose.spans()) {
            switch (span) {
                case Prose.Words text -> words.add(text.text(), text.tone());
                case Prose.Inline command -> words.addWhole("'" + command.command() + "'", Tone.PLAIN);
                case Prose.Moment moment -> words.add(Moments.here(moment.at(), look.zone()), Tone.PLAIN);
                case Prose.Command command -> {
                    first = paragraph(words, tone, first ? lead : "", leading, indent, hang) && first;
                    words = new Paragraph();
                    line(hang + COMMAND, paint(Tone.STRONG, Plain.line(command.command())));
                }
            }
        }
        paragraph(words, tone, first ? lead : "", leading, indent, hang);
    }

    /** @return whether there was nothing to write */
    private boolean paragraph(Paragraph words, Tone tone, String lead, int leading, int indent, int hang)
            throws IOException {
        int room = look.width() - hang;
        List<String> lines =
                words.lines(lead.isEmpty() ? room : look.width() - indent - leading, room, tone, look.palette());
        for (int i = 0; i < lines.size(); i++) {
            boolean led = i == 0 && !lead.isEmpty();
            line(led ? indent : hang, (led ? lead : "") + lines.get(i));
        }
        return lines.isEmpty();
    }

    private void fields(Fields fields, int indent) throws IOException {
        int name = fields.fields().stream()
                .mapToInt(field -> Plain.columns(Plain.line(field.name())) + 2)
                .max()
                .orElse(0);
        int column = Math.max(FIELD, name);
        for (Field field : fields.fields()) {
            String lead = paint(Tone.FAINT, Plain.pad(Plain.line(field.name()), column));
            if (field.value().spans().size() == 1
                    && field.value().spans().getFirst() instanceof Prose.Words words
                    && words.text().indexOf(' ') < 0) {
                // A fingerprint or a path is copied, so it stays in one piece.
                line(indent, lead + Plain.line(words.text()));
            } else {
                prose(field.value(), Tone.PLAIN, lead, column, indent, indent + column);
            }
        }
    }

    private void table(Table table, int indent) throws IOException {
        List<Column> columns = table.columns();
        boolean begun = !table.headed();
        for (List<Cell> cells : table.rows()) {
            if (!begun) {
                row(
                        columns,
                        columns.stream().map(column -> Cell.of(column.title())).toList(),
                        indent,
                        true);
                begun = true;
            }
            row(columns, cells, indent, false);
        }
    }

    private void row(List<Column> columns, List<Cell> cells, int indent, boolean head) throws IOException {
        StringBuilder line = new StringBuilder();
        int left = look.width() - indent;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column.below()) {
                continue;
            }
            int width = column.width() == 0 ? left : column.width();
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(cell(cells.get(i), column.width() == 0 ? left : width, column.width() != 0));
            left -= width + 1;
        }
        line(indent, line.toString().stripTrailing());
        for (int i = 0; i < columns.size() && !head; i++) {
            if (columns.get(i).below()
                    && cells.get(i) instanceof Cell.Text text
                    && !text.prose().isEmpty()) {
                prose(text.prose(), Tone.PLAIN, "", 0, indent + BELOW, indent + BELOW);
            }
        }
    }

    private String cell(Cell cell, int width, boolean padded) {
        return switch (cell) {
            case Cell.Text text -> {
                Prose.Span only = text.prose().spans().isEmpty()
                        ? null
                        : text.prose().spans().getFirst();
                Tone tone = only instanceof Prose.Words words ? words.tone() : Tone.PLAIN;
                yield paint(tone, fit(flat(text.prose()), width, padded));
            }
            case Cell.Code code -> fit(Plain.line(code.text()), width, padded);
            case Cell.Verdict verdict -> paint(verdict.mark().tone(), fit(spelled(verdict.mark()), width, padded));
            case Cell.Turn turn ->
                paint(turn.before().tone(), Plain.pad(spelled(turn.before()), MARK)) + " -> "
                        + paint(turn.after().tone(), Plain.pad(spelled(turn.after()), MARK));
        };
    }

    private static String fit(String text, int width, boolean padded) {
        return padded ? Plain.pad(text, width) : Plain.cut(text, width);
    }

    private String flat(Prose prose) {
        StringBuilder text = new StringBuilder();
        for (Prose.Span span : prose.spans()) {
            text.append(
                    switch (span) {
                        case Prose.Words words -> Plain.line(words.text());
                        case Prose.Inline command -> Plain.line("'" + command.command() + "'");
                        case Prose.Command command -> Plain.line(command.command());
                        case Prose.Moment moment -> Moments.here(moment.at(), look.zone());
                    });
        }
        return text.toString();
    }

    private static String spelled(Mark mark) {
        return mark.glyph() + " " + mark.word();
    }

    private String lead(Mark mark) {
        return paint(mark.tone(), Plain.line(mark.glyph()) + " ");
    }

    private static int width(Mark mark) {
        return Plain.columns(mark.glyph()) + 1;
    }

    private String paint(Tone tone, String text) {
        return look.palette().paint(tone, text);
    }

    private void line(int indent, String text) throws IOException {
        out.write(text.isEmpty() ? "" : " ".repeat(indent));
        out.write(text);
        out.write('\n');
    }
}
