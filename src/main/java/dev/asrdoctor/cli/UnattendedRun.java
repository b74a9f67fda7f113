package dev.asrdoctor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
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
        PrintWriter out = line.getOut();
        Edges silent = new Edges(
                edges.environment(),
                new Terminal(false, false),
                edges.clock(),
                edges.random(),
                question -> null,
                edges.redaction(),
                edges.accounts());
        try (PrintWriter file = open()) {
            file.println(
                    "---- " + edges.clock().instant().truncatedTo(ChronoUnit.SECONDS) + " asrdoctor " + Version.text());
            PrintWriter err = line.getErr();
            line.setOut(file);
            line.setErr(file);
            RemedyWork.Ended ended;
            try {
                ended = command.remediate(silent, line);
            } catch (Exception e) {
                Failures.explain(e, file);
                throw e;
            } finally {
                line.setOut(out);
                line.setErr(err);
            }
            file.println("exit code " + ended.code());
            out.println(edges.clock().instant().truncatedTo(ChronoUnit.SECONDS) + " asrdoctor: " + ended.summary()
                    + "; exit code " + ended.code() + "; details in " + log);
            out.flush();
            return ended.code();
        }
    }

    private PrintWriter open() throws UsageException {
        try {
            Writer file = Files.newBufferedWriter(
                    log, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new PrintWriter(edges.redaction().over(file), true);
        } catch (IOException e) {
            throw new UsageException("the log cannot be written: " + Failures.words(e));
        }
    }
}
