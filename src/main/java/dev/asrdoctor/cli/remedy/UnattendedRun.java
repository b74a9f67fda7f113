package dev.asrdoctor.cli.remedy;

import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Failures;
import dev.asrdoctor.cli.terminal.StandardStream;
import dev.asrdoctor.cli.terminal.TameWriter;
import dev.asrdoctor.cli.terminal.Terminal;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.cli.terminal.Version;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.file.Places;
import dev.asrdoctor.report.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What Task Scheduler, systemd or cron start: nobody is asked, one line is printed, and the rest stands in a log. */
final class UnattendedRun {
    static final Duration WITHIN = Duration.ofMinutes(30);

    private final Edges edges;
    private final CommandSpec spec;
    private final Path log;

    UnattendedRun(Edges edges, CommandSpec spec, Path log) {
        this.edges = edges;
        this.spec = spec;
        this.log = log;
    }

    /** @return the exit code, as without it */
    int run(RemediateCommand command) throws Exception {
        CommandLine line = spec.commandLine();
        Edges silent = new Edges(
                edges.environment(),
                new Terminal(false, false),
                edges.clock(),
                edges.random(),
                question -> null,
                edges.redaction(),
                edges.accounts());
        try (StandardStream stream = open()) {
            PrintWriter file = new PrintWriter(edges.redaction().over(new TameWriter(stream)), true);
            file.println(
                    "---- " + edges.clock().instant().truncatedTo(ChronoUnit.SECONDS) + " asrdoctor " + Version.text());
            if (lost(stream) != null) {
                throw new UsageException(lost(stream) + "; nothing was done");
            }
            RemedyWork.Ended ended = remediate(command, silent, file);
            file.println("exit code " + ended.code());
            String lost = lost(stream);
            int code = lost == null ? ended.code() : ExitCode.USAGE.code();
            line.getOut()
                    .println(edges.clock().instant().truncatedTo(ChronoUnit.SECONDS) + " asrdoctor: " + ended.summary()
                            + "; exit code " + code + (lost == null ? "; details in " + log : "; " + lost));
            line.getOut().flush();
            return code;
        }
    }

    /** What goes to the terminal otherwise goes into the file. */
    private RemedyWork.Ended remediate(RemediateCommand command, Edges silent, PrintWriter file) throws Exception {
        CommandLine line = spec.commandLine();
        PrintWriter out = line.getOut();
        PrintWriter err = line.getErr();
        line.setOut(file);
        line.setErr(file);
        try {
            return command.remediate(silent, line);
        } catch (Exception e) {
            Failures.explain(e, file);
            throw e;
        } finally {
            line.setOut(out);
            line.setErr(err);
        }
    }

    private @Nullable String lost(PrintWriter file) {
        String why = StandardStream.failure(file);
        return why == null ? null : "the log " + log + " could not be written: " + why;
    }

    private StandardStream open() throws UsageException {
        try {
            if (!Places.isShared(log)) {
                Durable.begin(log);
            }
            return StandardStream.of(
                    Files.newOutputStream(log, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    StandardCharsets.UTF_8,
                    true);
        } catch (IOException e) {
            throw new UsageException("the log " + log + " cannot be written: " + FileTrouble.reason(e));
        }
    }
}
