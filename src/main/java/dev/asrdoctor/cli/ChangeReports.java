package dev.asrdoctor.cli;

import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.Verdict;
import dev.asrdoctor.change.Window;
import dev.asrdoctor.report.ChangeHtml;
import dev.asrdoctor.report.ChangeJson;
import dev.asrdoctor.report.ChangeJunit;
import dev.asrdoctor.report.ChangeMarkdown;
import dev.asrdoctor.report.ChangeText;
import dev.asrdoctor.report.Palette;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
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

    @Option(names = "--color", paramLabel = "WHEN", description = "auto (default), always or never.")
    OutputOptions.When color = OutputOptions.When.auto;

    void check() throws UsageException {
        int toStandardOutput = 0;
        for (String output : outputs) {
            OutputFormat.check(format(output), FORMATS);
            if (output.endsWith("=")) {
                throw new UsageException("-o " + output + " names no file");
            }
            int equals = output.indexOf('=');
            Path folder = equals < 0
                    ? null
                    : Path.of(output.substring(equals + 1)).toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                throw new UsageException("-o " + output + ": there is no folder " + folder);
            }
            toStandardOutput += output.indexOf('=') < 0 ? 1 : 0;
        }
        if (toStandardOutput > 1) {
            throw new UsageException("only one output format can go to the terminal; write the others as FORMAT=FILE");
        }
    }

    boolean machineReadable() {
        return outputs.stream().anyMatch(output -> output.indexOf('=') < 0 && !output.equals("text"));
    }

    /** Where only files are asked for, the terminal is told too. */
    void write(ChangeReport report, PrintWriter out, Terminal terminal) throws IOException {
        boolean told = false;
        for (String output : outputs) {
            int equals = output.indexOf('=');
            if (equals < 0) {
                write(output, report, palette(terminal), out);
                told = true;
            } else {
                StringBuilder text = new StringBuilder();
                write(format(output), report, Palette.PLAIN, text);
                Files.writeString(Path.of(output.substring(equals + 1)), text);
            }
        }
        if (!told) {
            write("text", report, palette(terminal), out);
        }
        out.flush();
    }

    Palette palette(Terminal terminal) {
        OutputOptions options = new OutputOptions();
        options.color = color;
        return options.palette(terminal);
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

    private static String format(String output) {
        int equals = output.indexOf('=');
        return equals < 0 ? output : output.substring(0, equals);
    }
}
