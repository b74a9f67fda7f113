package dev.asrdoctor.report.format;

import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.text.Plain;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180), safe to open in a spreadsheet. */
final class CsvFormat implements Format {
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
    private static final String SEPARATING = ",;\t\"\r\n";

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public Subject.Part shows() {
        return Subject.Part.ROWS;
    }

    @Override
    public void write(Report report, Look look, Writer out) throws IOException {
        Sheet sheet = Objects.requireNonNull(report.document().sheet());
        line(sheet.columns(), out);
        for (List<String> row : sheet.rows()) {
            line(row, out);
        }
    }

    private static void line(List<String> fields, Writer out) throws IOException {
        out.write(fields.stream().map(CsvFormat::field).collect(Collectors.joining(",")));
        out.write("\r\n");
    }

    /**
     * A spreadsheet takes a field that begins with one of these for a formula, also by their full-width forms; and where it
     * separates by semicolons or tabs, it would find further beginnings inside a field that is not quoted.
     */
    private static String field(String text) {
        String plain = Plain.line(text);
        return quoted(isFormula(text) || isFormula(plain) ? "'" + plain : plain);
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    }

    private static String quoted(String text) {
        boolean quoted = text.chars().anyMatch(c -> SEPARATING.indexOf(c) >= 0);
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
