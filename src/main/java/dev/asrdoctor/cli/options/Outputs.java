package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Terminal;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.report.format.Format;
import dev.asrdoctor.report.format.Formats;
import dev.asrdoctor.report.format.Look;
import dev.asrdoctor.report.format.Palette;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** In which formats a subject is told, and where they go: {@code -o} of every command. */
public class Outputs {
    private static final String NAME = "--output";

    private final Subject subject;

    @Option(
            names = {"-o", NAME},
            paramLabel = "FORMAT[=FILE]")
    List<String> outputs = List.of(Formats.DEFAULT);

    @Mixin
    ColorOption color = new ColorOption();

    public Outputs(Subject subject) {
        this.subject = subject;
    }

    /** Has the help of a command name the formats that its subject has. */
    public static void describe(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (CommandSpec mixin : spec.mixins().values()) {
            if (mixin.userObject() instanceof Outputs outputs) {
                OptionSpec plain = spec.findOption(NAME);
                spec.remove(plain);
                spec.addOption(OptionSpec.builder(plain)
                        .description(outputs.description())
                        .build());
            }
        }
    }

    private String description() {
        List<String> others = Formats.of(subject).stream()
                .filter(name -> !name.equals(Formats.DEFAULT))
                .toList();
        return Formats.DEFAULT + " (default), "
                + others.stream().limit(others.size() - 1L).collect(Collectors.joining(", ")) + " or "
                + others.getLast() + "; several may go to files at once.";
    }

    /** @throws UsageException if one is not known, cannot be written, or more than one goes to the terminal */
    public void check() throws UsageException {
        OutputFormat.check(outputs, Formats.of(subject));
    }

    /** Whether a program may read the terminal, whom progress would disturb. */
    public boolean machineReadable() {
        return OutputFormat.machineReadable(outputs);
    }

    /** Whether people read it on the terminal. */
    public boolean text() {
        return outputs.contains(Formats.DEFAULT);
    }

    /** Whether nothing was asked for but what everybody gets. */
    public boolean usual() {
        return outputs.equals(List.of(Formats.DEFAULT));
    }

    /** @throws UsageException naming every file that could not be written, after everything else was */
    public void write(Report report, PrintWriter out, Edges edges) throws IOException, UsageException {
        ReportFiles files = new ReportFiles(edges.redaction());
        for (OutputFormat output : OutputFormat.of(outputs)) {
            Format format = Formats.named(output.name());
            if (output.file() == null) {
                format.write(report, look(edges.terminal()), out);
            } else {
                Look plain = new Look(Palette.PLAIN, Look.NARROW, ZoneId.systemDefault());
                files.write(output.file(), text -> format.write(report, plain, text));
            }
        }
        out.flush();
        files.end();
    }

    /** Tells the terminal in text, whatever else was asked for. */
    public void tell(Report report, PrintWriter out, Edges edges) throws IOException {
        Formats.named(Formats.DEFAULT).write(report, look(edges.terminal()), out);
        out.flush();
    }

    /** Whether everything goes to files, so that the terminal sees nothing. */
    public boolean toFilesAlone() {
        return OutputFormat.of(outputs).stream().noneMatch(OutputFormat::toTerminal);
    }

    private Look look(Terminal terminal) {
        return new Look(color.palette(terminal), terminal.columns(), ZoneId.systemDefault());
    }
}
