package dev.asrdoctor.report.format;

import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import java.io.IOException;
import java.io.Writer;

/** For people at a terminal, who see the last lines first. */
final class TextFormat implements Format {
    @Override
    public String name() {
        return Formats.DEFAULT;
    }

    @Override
    public Subject.Part shows() {
        return Subject.Part.DOCUMENT;
    }

    @Override
    public void write(Report report, Look look, Writer out) throws IOException {
        TextLines lines = new TextLines(look, out);
        lines.blocks(report.document().body(), 0);
        lines.blocks(report.document().conclusion(), 0);
    }
}
