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
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Blocks as elements of a page, whose look is in its style sheet. */
final class HtmlBlocks {
    /** As many are open at once as somebody may want to scroll through. */
    private static final int OPEN = 25;

    private final Writer out;
    private int opened;
    private boolean inList;

    HtmlBlocks(Writer out) {
        this.out = out;
    }

    void blocks(Iterable<Block> blocks, int depth) throws IOException {
        boolean outer = inList;
        inList = false;
        for (Block block : blocks) {
            block(block, depth);
        }
        endList();
        inList = outer;
    }

    private void block(Block block, int depth) throws IOException {
        if (block instanceof Only only) {
            if (only.medium() == Medium.PAGE) {
                for (Block each : only.blocks()) {
                    block(each, depth);
                }
            }
            return;
        }
        if (block instanceof Item item) {
            item(item, depth);
            return;
        }
        endList();
        switch (block) {
            case Section section -> {
                int heading = Math.min(depth, 6);
                out.write("<section>\n<h" + heading + ">" + HtmlText.safe(section.title()) + "</h" + heading + ">\n");
                blocks(section.blocks(), depth + 1);
                out.write("</section>\n");
            }
            case Entry entry -> entry(entry, depth);
            case Group group -> {
                out.write("<div class=\"group\">\n");
                if (!group.label().isEmpty()) {
                    out.write("<p class=\"label\">" + HtmlText.safe(group.label()) + "</p>\n");
                }
                blocks(group.blocks(), depth);
                out.write("</div>\n");
            }
            case Note note -> paragraphs(note.prose(), note.tone() == Tone.PLAIN ? "" : word(note.tone()));
            case Fields fields -> fields(fields);
            case Table table -> table(table);
            case Folded folded -> {
                out.write("<details class=\"folded\"><summary>" + HtmlText.safe(folded.summary()) + "</summary>\n");
                blocks(folded.blocks(), depth + 1);
                out.write("</details>\n");
            }
            case Gap() -> {}
            case Item item -> throw new IllegalStateException();
            case Only only -> throw new IllegalStateException();
        }
    }

    private void endList() throws IOException {
        if (inList) {
            out.write("</ul>\n");
            inList = false;
        }
    }

    private void entry(Entry entry, int depth) throws IOException {
        Mark mark = entry.mark();
        String tone = mark == null ? "plain" : word(mark.tone());
        StringBuilder head = new StringBuilder();
        if (mark != null) {
            head.append(badge(mark)).append(' ');
        }
        head.append("<b>").append(HtmlText.safe(entry.title())).append("</b>");
        for (String detail : entry.details()) {
            if (!detail.isEmpty()) {
                head.append(" <span class=\"detail\">")
                        .append(HtmlText.safe(detail))
                        .append("</span>");
            }
        }
        if (entry.blocks().isEmpty()) {
            out.write("<div class=\"entry " + tone + "\">" + head + "</div>\n");
            return;
        }
        boolean open = (mark == null || mark.tone() != Tone.GOOD) && opened++ < OPEN;
        out.write("<details class=\"entry " + tone + (open ? "\" open>" : "\">") + "<summary>" + head + "</summary>\n");
        blocks(entry.blocks(), depth + 1);
        out.write("</details>\n");
    }

    private void item(Item item, int depth) throws IOException {
        if (!inList) {
            out.write("<ul>\n");
            inList = true;
        }
        Mark mark = item.mark();
        out.write("<li class=\"" + word(mark.tone()) + "\">");
        if (!mark.equals(Mark.BULLET)) {
            out.write("<span class=\"mark\">"
                    + HtmlText.safe(mark.word().isEmpty() ? mark.glyph().strip() : mark.word()) + "</span> ");
        }
        if (!item.label().isEmpty()) {
            out.write("<b>" + HtmlText.safe(item.label()) + "</b> ");
        }
        inline(item.prose());
        if (!item.blocks().isEmpty()) {
            out.write("\n");
            blocks(item.blocks(), depth);
            inList = true;
        }
        out.write("</li>\n");
    }

    /** Words in line, and commands on lines of their own. */
    private void inline(Prose prose) throws IOException {
        for (Prose.Span span : prose.spans()) {
            out.write(span instanceof Prose.Command command ? command(command) : words(span));
        }
    }

    private void paragraphs(Prose prose, String tone) throws IOException {
        List<Prose.Span> words = new ArrayList<>();
        for (Prose.Span span : prose.spans()) {
            if (span instanceof Prose.Command command) {
                paragraph(words, tone);
                words.clear();
                out.write(command(command));
            } else {
                words.add(span);
            }
        }
        paragraph(words, tone);
    }

    private void paragraph(List<Prose.Span> spans, String tone) throws IOException {
        if (spans.isEmpty()) {
            return;
        }
        out.write(tone.isEmpty() ? "<p>" : "<p class=\"" + tone + "\">");
        for (Prose.Span span : spans) {
            out.write(words(span));
        }
        out.write("</p>\n");
    }

    private static String command(Prose.Command command) {
        return "<pre><code>" + HtmlText.safe(command.command()) + "</code></pre>\n";
    }

    private static String words(Prose.Span span) {
        return switch (span) {
            case Prose.Words words ->
                words.tone() == Tone.PLAIN
                        ? HtmlText.safe(words.text())
                        : "<span class=\"" + word(words.tone()) + "\">" + HtmlText.safe(words.text()) + "</span>";
            case Prose.Inline command -> "<code>" + HtmlText.safe(command.command()) + "</code>";
            case Prose.Command command -> "<code>" + HtmlText.safe(command.command()) + "</code>";
            case Prose.Moment moment ->
                "<time datetime=\"" + moment.at() + "\">" + Moments.anywhere(moment.at()) + "</time>";
        };
    }

    private void fields(Fields fields) throws IOException {
        out.write("<dl>\n");
        for (Field field : fields.fields()) {
            out.write("<dt>" + HtmlText.safe(field.name()) + "</dt><dd>");
            inline(field.value());
            out.write("</dd>\n");
        }
        out.write("</dl>\n");
    }

    private void table(Table table) throws IOException {
        out.write("<table>\n<thead><tr>");
        for (Column column : table.columns()) {
            out.write("<th scope=\"col\">" + HtmlText.safe(column.title()) + "</th>");
        }
        out.write("</tr></thead>\n<tbody>\n");
        for (List<Cell> row : table.rows()) {
            out.write("<tr>");
            for (int i = 0; i < row.size(); i++) {
                out.write("<td data-name=\""
                        + HtmlText.safe(table.columns().get(i).title()) + "\">");
                cell(row.get(i));
                out.write("</td>");
            }
            out.write("</tr>\n");
        }
        out.write("</tbody>\n</table>\n");
    }

    private void cell(Cell cell) throws IOException {
        switch (cell) {
            case Cell.Text text -> inline(text.prose());
            case Cell.Code code -> out.write("<code>" + HtmlText.safe(code.text()) + "</code>");
            case Cell.Verdict verdict -> out.write(badge(verdict.mark()));
            case Cell.Turn turn -> out.write(badge(turn.before()) + " &rarr; " + badge(turn.after()));
        }
    }

    static String badge(Mark mark) {
        return "<span class=\"badge " + word(mark.tone()) + "\">"
                + HtmlText.safe(mark.word().isEmpty() ? mark.glyph().strip() : mark.word()) + "</span>";
    }

    private static String word(Tone tone) {
        return tone.name().toLowerCase(Locale.ROOT);
    }
}
