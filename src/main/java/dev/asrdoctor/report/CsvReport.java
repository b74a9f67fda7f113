package dev.asrdoctor.report;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Comma-separated values (RFC 4180), one line a finding, safe to open in a spreadsheet. */
public final class CsvReport implements Report {
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
    private static final String SEPARATING = ",;\t\"\r\n";
    private static final List<String> HEADER = List.of(
            "server",
            "deployment",
            "site",
            "serverStatus",
            "check",
            "step",
            "subject",
            "status",
            "severity",
            "title",
            "nextAction",
            "evidence",
            "plannedChange");

    @Override
    public void write(List<ServerReport> servers, RunInfo run, Appendable out) throws IOException {
        line(HEADER.stream(), out);
        for (ServerReport server : servers) {
            String planned = run.planned()
                    .of(server.server().name())
                    .map(OpenWindows.Hold::change)
                    .orElse("");
            for (Finding finding : server.findings()) {
                line(fields(server, finding, planned), out);
            }
        }
    }

    private static Stream<String> fields(ServerReport report, Finding finding, String planned) {
        String site = report.server().site();
        String next = finding.nextAction();
        return Stream.of(
                report.server().name(),
                report.server().deployment().id(),
                site == null ? "" : site,
                report.status().name(),
                finding.check(),
                finding.step(),
                finding.subject(),
                finding.status().name(),
                finding.severity().name().toLowerCase(Locale.ROOT),
                finding.title(),
                next == null ? "" : next,
                finding.evidence().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("; ")),
                planned);
    }

    private static void line(Stream<String> fields, Appendable out) throws IOException {
        out.append(fields.map(CsvReport::field).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    /**
     * A spreadsheet takes a field that begins with one of these for a formula, also by their full-width forms; and where it
     * separates by semicolons or tabs, it would find further beginnings inside a field that is not quoted.
     */
    static String field(String text) {
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
