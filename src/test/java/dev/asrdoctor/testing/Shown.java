package dev.asrdoctor.testing;

import dev.asrdoctor.report.format.Formats;
import dev.asrdoctor.report.format.Look;
import dev.asrdoctor.report.model.Contract;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Report;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What formats make of reports. */
public final class Shown {
    private Shown() {}

    /** As {@code -o} would show it where nobody looks at a terminal. */
    public static String in(String format, Document document) {
        return in(format, new Report(document), Look.PLAIN);
    }

    public static String in(String format, Document document, Contract contract) {
        return in(format, new Report(document, contract), Look.PLAIN);
    }

    public static String in(String format, Report report, Look look) {
        try {
            StringWriter text = new StringWriter();
            Formats.named(format).write(report, look, text);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
