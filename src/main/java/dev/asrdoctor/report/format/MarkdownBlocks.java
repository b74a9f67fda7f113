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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Blocks in Markdown with tables and folded parts, as GitHub, GitLab and Azure DevOps show it. */
final class MarkdownBlocks {
    /** What makes a list or a rule of a line that begins with it. */
    private static final Pattern LINE_BEGINNING = Pattern.compile("^(\\d{1,9})?([-+=.)])");

    private final Writer out;
    private boolean begun;
    private boolean inList;

    MarkdownBlocks(Writer out) {
        this.out = out;
    }

    void heading(int depth, String text) throws IOException {
        apart();
        out.write("#".repeat(Math.min(depth, 6)) + " " + MarkdownText.safe(text) + "\n");
    }

    void blocks(Iterable<Block> blocks, int depth) throws IOException {
        for (Block block : blocks) {
            block(block, depth);
        }
    }

    private void block(Block block, int depth) throws IOException {
        switch (block) {
            case Section section -> {
                heading(depth, section.title());
                blocks(section.blocks(), depth + 1);
            }
            case Entry entry -> {
                heading(depth, title(entry));
                blocks(entry.blocks(), depth + 1);
            }
            case Item item -> item(item, 0);
            case Group group -> {
                if (!group.label().isEmpty()) {
                    apart();
                    out.write("**" + MarkdownText.safe(group.label()) + "**\n");
                }
                blocks(group.blocks(), depth);
            }
            case Note note -> {
                apart();
                prose(note.prose(), "");
            }
            case Fields fields -> fields(fields);
            case Table table -> table(table);
            case Folded folded -> {
                apart();
                out.write("<details><summary>" + HtmlText.safe(folded.summary()) + "</summary>\n");
                blocks(folded.blocks(), depth + 1);
                apart();
                out.write("</details>\n");
            }
            case Only only -> {
                if (only.medium() == Medium.PAGE) {
                    blocks(only.blocks(), depth);
                }
            }
            case Gap() -> {}
        }
    }

    private static String title(Entry entry) {
        Mark mark = entry.mark();
        String details = String.join(
                ", ", entry.details().stream().filter(text -> !text.isEmpty()).toList());
        return (mark == null || mark.word().isEmpty() ? "" : mark.word() + ": ")
                + entry.title()
                + (details.isEmpty() ? "" : " (" + details + ")");
    }

    private void item(Item item, int level) throws IOException {
        if (!inList) {
            apart();
        }
        inList = true;
        String indent = "  ".repeat(level);
        out.write(indent + "- " + lead(item.mark())
                + (item.label().isEmpty() ? "" : "**" + MarkdownText.safe(item.label()) + "** "));
        prose(item.prose(), indent + "  ");
        for (Block block : item.blocks()) {
            nested(block, level + 1);
        }
    }

    private static String lead(Mark mark) {
        String text = mark.word().isEmpty() ? mark.glyph().strip() : mark.word();
        return mark.equals(Mark.BULLET) ? "" : "**" + MarkdownText.safe(text) + "** ";
    }

    /** Whatever belongs to an item stands in the list below it. */
    private void nested(Block block, int level) throws IOException {
        String indent = "  ".repeat(level);
        switch (block) {
            case Item item -> item(item, level);
            case Note note -> {
                out.write(indent + "- ");
                prose(note.prose(), indent + "  ");
            }
            case Group group -> nested(group.label(), group.blocks(), level);
            case Folded folded -> nested(folded.summary(), folded.blocks(), level);
            case Fields fields -> {
                for (Field field : fields.fields()) {
                    out.write(indent + "- " + MarkdownText.safe(field.name()) + ": ");
                    prose(field.value(), indent + "  ");
                }
            }
            case Only only -> {
                if (only.medium() == Medium.PAGE) {
                    for (Block each : only.blocks()) {
                        nested(each, level);
                    }
                }
            }
            case Section section -> nested(section.title(), section.blocks(), level);
            case Entry entry -> nested(title(entry), entry.blocks(), level);
            case Table table -> {
                for (List<Cell> row : table.rows()) {
                    out.write(indent + "- "
                            + String.join(
                                    " ", row.stream().map(cell -> cell(cell)).toList()) + "\n");
                }
            }
            case Gap() -> {}
        }
    }

    private void nested(String label, Iterable<Block> blocks, int level) throws IOException {
        if (!label.isEmpty()) {
            out.write("  ".repeat(level) + "- " + MarkdownText.safe(label) + "\n");
        }
        for (Block block : blocks) {
            nested(block, label.isEmpty() ? level : level + 1);
        }
    }

    /**
     * Ends its line; commands stand between fences.
     *
     * @param indent of all lines but the first, before which something may stand
     */
    private void prose(Prose prose, String indent) throws IOException {
        List<Prose.Span> words = new ArrayList<>();
        boolean first = true;
        for (Prose.Span span : prose.spans()) {
            if (span instanceof Prose.Command command) {
                boolean said = line(words, first ? "" : indent);
                words.clear();
                if (first && !said) {
                    out.write("\n");
                }
                first = false;
                out.write(indent + "```\n" + indent + Plain.line(command.command()) + "\n" + indent + "```\n");
            } else {
                words.add(span);
            }
        }
        if (!line(words, first ? "" : indent) && first) {
            out.write("\n");
        }
    }

    /** @return whether there was anything to write */
    private boolean line(List<Prose.Span> spans, String indent) throws IOException {
        String text = flat(spans, false).strip();
        if (text.isEmpty()) {
            return false;
        }
        out.write(indent + LINE_BEGINNING.matcher(text).replaceFirst("$1\\\\$2") + "\n");
        return true;
    }

    private static String flat(List<Prose.Span> spans, boolean table) {
        StringBuilder text = new StringBuilder();
        for (Prose.Span span : spans) {
            text.append(
                    switch (span) {
                        case Prose.Words words -> toned(words);
                        case Prose.Inline command -> MarkdownText.code(command.command(), table);
                        case Prose.Command command -> " " + MarkdownText.code(command.command(), table) + " ";
                        case Prose.Moment moment -> Moments.anywhere(moment.at());
                    });
        }
        return text.toString();
    }

    private static String toned(Prose.Words words) {
        String safe = MarkdownText.safe(words.text());
        boolean strong = words.tone() == Tone.STRONG && !safe.isBlank() && safe.equals(safe.strip());
        return strong ? "**" + safe + "**" : safe;
    }

    private void fields(Fields fields) throws IOException {
        apart();
        out.write("| | |\n|---|---|\n");
        for (Field field : fields.fields()) {
            out.write("| " + MarkdownText.safe(field.name()) + " | "
                    + flat(field.value().spans(), true).strip() + " |\n");
        }
    }

    private void table(Table table) throws IOException {
        boolean begun = false;
        for (List<Cell> row : table.rows()) {
            if (!begun) {
                begun = true;
                apart();
                out.write("| "
                        + String.join(
                                " | ",
                                table.columns().stream()
                                        .map(Column::title)
                                        .map(MarkdownText::safe)
                                        .toList())
                        + " |\n");
                out.write("|" + "---|".repeat(table.columns().size()) + "\n");
            }
            out.write("| "
                    + String.join(" | ", row.stream().map(cell -> cell(cell)).toList()) + " |\n");
        }
    }

    private static String cell(Cell cell) {
        return switch (cell) {
            case Cell.Text text -> flat(text.prose().spans(), true).strip();
            case Cell.Code code -> MarkdownText.safe(code.text());
            case Cell.Verdict verdict -> verdict.mark().word();
            case Cell.Turn turn -> turn.before().word() + " -> " + turn.after().word();
        };
    }

    /** An empty line before whatever comes, but for the very first. */
    private void apart() throws IOException {
        if (begun) {
            out.write("\n");
        }
        begun = true;
        inList = false;
    }
}
