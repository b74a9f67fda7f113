package dev.asrdoctor.cli.options;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Terminal;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.report.CsvReport;
import dev.asrdoctor.report.JsonReport;
import dev.asrdoctor.report.JunitReport;
import dev.asrdoctor.report.Palette;
import dev.asrdoctor.report.Report;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How results are shown. */
public final class OutputOptions {
    private static final List<String> FORMATS = List.of("text", "json", "junit", "csv");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT[=FILE]",
            description = "text (default), json, junit or csv; several may go to files at once.")
    List<String> outputs = List.of("text");

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every finding with its evidence.")
    boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show only servers with problems.")
    boolean quiet;

    @Mixin
    ColorOption color = new ColorOption();

    public void check() throws UsageException {
        OutputFormat.check(outputs, FORMATS);
    }

    /** Progress would only disturb formats that programs read from the same terminal. */
    public boolean machineReadable() {
        return OutputFormat.machineReadable(outputs);
    }

    /** Whether people read it on the terminal. */
    public boolean text() {
        return outputs.contains("text");
    }

    public boolean verboseText() {
        return verbose && text();
    }

    /** A remediation is told as text or JSON. */
    public void checkForRemedy() throws UsageException {
        check();
        if (!outputs.equals(List.of("text")) && !outputs.equals(List.of("json"))) {
            throw new UsageException("a remediation is shown as text or json");
        }
    }

    /** After a remediation only what still needs somebody is told in full. */
    public void remaining(List<ServerReport> servers, RunInfo run, PrintWriter out, Terminal terminal)
            throws IOException {
        TextReport.Detail detail = verbose ? TextReport.Detail.VERBOSE : TextReport.Detail.QUIET;
        new TextReport(palette(terminal), detail, ZoneId.systemDefault()).write(servers, run, out);
        out.flush();
    }

    /** @throws UsageException naming every file that could not be written, after everything else was */
    public void write(List<ServerReport> servers, RunInfo run, PrintWriter out, Edges edges)
            throws IOException, UsageException {
        ReportFiles files = new ReportFiles(edges.redaction());
        for (OutputFormat output : OutputFormat.of(outputs)) {
            if (output.file() == null) {
                report(output.name(), palette(edges.terminal())).write(servers, run, out);
                out.flush();
            } else {
                files.write(
                        output.file(),
                        text -> report(output.name(), Palette.PLAIN).write(servers, run, text));
            }
        }
        files.end();
    }

    public Palette palette(Terminal terminal) {
        return color.palette(terminal);
    }

    private Report report(String format, Palette palette) {
        TextReport.Detail detail =
                verbose ? TextReport.Detail.VERBOSE : quiet ? TextReport.Detail.QUIET : TextReport.Detail.NORMAL;
        return switch (format) {
            case "json" -> new JsonReport();
            case "junit" -> new JunitReport();
            case "csv" -> new CsvReport();
            default -> new TextReport(palette, detail, ZoneId.systemDefault());
        };
    }
}
