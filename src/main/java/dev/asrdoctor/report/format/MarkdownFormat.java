package dev.asrdoctor.report.format;

import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import java.io.IOException;
import java.io.Writer;

/** For tickets and chats. */
final class MarkdownFormat implements Format {
    @Override
    public String name() {
        return "markdown";
    }

    @Override
    public Subject.Part shows() {
        return Subject.Part.DOCUMENT;
    }

    @Override
    public void write(Report report, Look look, Writer out) throws IOException {
        Document document = report.document();
        MarkdownBlocks blocks = new MarkdownBlocks(out);
        blocks.heading(
                1,
                document.title()
                        + (document.mark() == null ? "" : ": " + document.mark().word()));
        blocks.blocks(document.conclusion(), 2);
        blocks.blocks(document.body(), 2);
    }
}
