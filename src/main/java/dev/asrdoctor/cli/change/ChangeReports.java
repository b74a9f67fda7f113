package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.cli.options.ColorOption;
import dev.asrdoctor.cli.options.OutputFormat;
import dev.asrdoctor.cli.options.ReportFiles;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Terminal;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.report.ChangeHtml;
import dev.asrdoctor.report.ChangeJson;
import dev.asrdoctor.report.ChangeJunit;
import dev.asrdoctor.report.ChangeMarkdown;
import dev.asrdoctor.report.ChangeText;
import dev.asrdoctor.report.Palette;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the verification of a change is shown. */
final class ChangeReports {
    private static final List<String> FORMATS = List.of("text", "html", "json", "junit", "markdown");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT[=FILE]",
            description = "text (default), html, json, junit or markdown; several may go to files at once.")
    List<String> outputs = List.of("text");

    @Option(
            names = {"-v", "--verbose"},
            description = "Tell old problems and declared differences one by one too.")
    boolean verbose;

    @Mixin
    ColorOption color = new ColorOption();

    void check() throws UsageException {
        OutputFormat.check(outputs, FORMATS);
    }

    boolean machineReadable() {
        return OutputFormat.machineReadable(outputs);
    }

    /** Where only files are asked for, the terminal is told too. */
    void write(ChangeReport report, PrintWriter out, Edges edges) throws IOException, UsageException {
        boolean told = false;
        Palette palette = palette(edges.terminal());
        ReportFiles files = new ReportFiles(edges.redaction());
        for (OutputFormat output : OutputFormat.of(outputs)) {
            if (output.file() == null) {
                write(output.name(), report, palette, out);
                told = true;
            } else {
                files.write(output.file(), text -> write(output.name(), report, Palette.PLAIN, text));
            }
        }
        if (!told) {
            write("text", report, palette, out);
        }
        out.flush();
        files.end();
    }

    Palette palette(Terminal terminal) {
        return color.palette(terminal);
    }

    private void write(String format, ChangeReport report, Palette palette, Appendable out) throws IOException {
        switch (format) {
            case "html" -> ChangeHtml.write(report, out);
            case "json" -> ChangeJson.write(report, out);
            case "junit" -> ChangeJunit.write(report, out);
            case "markdown" -> ChangeMarkdown.write(report, out);
            default -> {
                new ChangeText(palette, ZoneId.systemDefault(), verbose).report(report, out);
                if (report.window().state() == Window.State.OPEN) {
                    for (String line : ChangeText.lines(next(report))) {
                        out.append(line).append('\n');
                    }
                }
            }
        }
    }

    private static String next(ChangeReport report) {
        String id = report.window().id();
        return report.verdict() == Verdict.FAIL
                ? "The window stays open. Mend what failed, then: asrdoctor change verify " + id + " --wait 30m"
                : "It can be closed: asrdoctor change close " + id;
    }
}
