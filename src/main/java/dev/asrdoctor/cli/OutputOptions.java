package dev.asrdoctor.cli;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.report.CsvReport;
import dev.asrdoctor.report.JsonReport;
import dev.asrdoctor.report.JunitReport;
import dev.asrdoctor.report.Palette;
import dev.asrdoctor.report.Report;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Option;

/** How results are shown. */
final class OutputOptions {
    private static final List<String> FORMATS = List.of("text", "json", "junit", "csv");

    enum When {
        auto,
        always,
        never
    }

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

    @Option(names = "--color", paramLabel = "WHEN", description = "auto (default), always or never.")
    When color = When.auto;

    void check() throws UsageException {
        int toStandardOutput = 0;
        for (String output : outputs) {
            String format = format(output);
            OutputFormat.check(format, FORMATS);
            toStandardOutput += output.indexOf('=') < 0 ? 1 : 0;
        }
        if (toStandardOutput > 1) {
            throw new UsageException("only one output format can go to the terminal; write the others as FORMAT=FILE");
        }
    }

    /** Progress would only disturb formats that programs read from the same terminal. */
    boolean machineReadable() {
        return outputs.stream().anyMatch(output -> output.indexOf('=') < 0 && !output.equals("text"));
    }

    /** Whether people read it on the terminal. */
    boolean text() {
        return outputs.contains("text");
    }

    boolean verboseText() {
        return verbose && text();
    }

    /** A remediation is told as text or JSON. */
    void checkForRemedy() throws UsageException {
        check();
        if (!outputs.equals(List.of("text")) && !outputs.equals(List.of("json"))) {
            throw new UsageException("a remediation is shown as text or json");
        }
    }

    /** After a remediation only what still needs somebody is told in full. */
    void remaining(List<ServerReport> servers, RunInfo run, PrintWriter out, Terminal terminal) throws IOException {
        TextReport.Detail detail = verbose ? TextReport.Detail.VERBOSE : TextReport.Detail.QUIET;
        new TextReport(palette(terminal), detail, ZoneId.systemDefault()).write(servers, run, out);
        out.flush();
    }

    void write(List<ServerReport> servers, RunInfo run, PrintWriter out, Terminal terminal) throws IOException {
        for (String output : outputs) {
            int equals = output.indexOf('=');
            if (equals < 0) {
                report(output, palette(terminal)).write(servers, run, out);
                out.flush();
            } else {
                StringBuilder text = new StringBuilder();
                report(format(output), Palette.PLAIN).write(servers, run, text);
                Files.writeString(Path.of(output.substring(equals + 1)), text);
            }
        }
    }

    Palette palette(Terminal terminal) {
        boolean colour = switch (color) {
            case auto -> terminal.colour();
            case always -> true;
            case never -> false;
        };
        return colour ? Palette.COLOUR : Palette.PLAIN;
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

    private static String format(String output) {
        int equals = output.indexOf('=');
        return equals < 0 ? output : output.substring(0, equals);
    }
}
