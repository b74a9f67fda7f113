package dev.asrdoctor.cli.terminal;

import dev.asrdoctor.change.ChangeException;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.connect.NoWayException;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.fleet.Visits;
import dev.asrdoctor.inventory.PasswordException;
import dev.asrdoctor.inventory.SelectionException;
import dev.asrdoctor.remedy.PlanException;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever stops a command into clear lines and an exit code; nobody sees a stack trace. */
public final class Failures {
    public static final int INTERRUPTED = 130;
    public static final int INTERNAL = 70;
    /** More would push the first ones off the screen, and often have one cause. */
    private static final int MOST_TOLD = 50;

    private Failures() {}

    public static void handle(CommandLine commands) {
        commands.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
        commands.setParameterExceptionHandler((failure, args) -> {
            failure.getCommandLine()
                    .getErr()
                    .println("asrdoctor: " + firstLine(failure) + "; see "
                            + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE.code();
        });
    }

    private static String firstLine(ParameterException failure) {
        String message = failure.getMessage() == null ? "wrong usage" : failure.getMessage();
        String line = message.lines().findFirst().orElse("wrong usage");
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> words = unmatched.getUnmatched();
            List<String> known = List.copyOf(
                    unmatched.isUnknownOption()
                            ? failure.getCommandLine()
                                    .getCommandSpec()
                                    .optionsMap()
                                    .keySet()
                            : failure.getCommandLine().getSubcommands().keySet());
            return line + Suggestion.didYouMean(words.getFirst(), known);
        }
        return line;
    }

    public static int explain(Exception failure, PrintWriter err) {
        switch (failure) {
            case ConfigException config -> {
                List<Problem> problems = config.problems();
                problems.stream().limit(MOST_TOLD).forEach(err::println);
                if (problems.size() > MOST_TOLD) {
                    err.println("asrdoctor: and " + (problems.size() - MOST_TOLD) + " more; " + problems.size()
                            + " mistakes in all");
                }
            }
            case SelectionException e -> err.println("asrdoctor: " + e.getMessage());
            case NoWayException e -> err.println("asrdoctor: " + e.getMessage());
            case PasswordException e -> err.println("asrdoctor: " + e.getMessage());
            case StoreException e -> err.println("asrdoctor: " + e.getMessage());
            case ChangeException e -> err.println("asrdoctor: " + e.getMessage());
            case PlanException e -> err.println("asrdoctor: " + e.getMessage());
            case UsageException e -> err.println("asrdoctor: " + e.getMessage());
            case InvalidPathException e ->
                err.println("asrdoctor: no file can be called " + e.getInput() + ": " + e.getReason());
            case UncheckedIOException e -> err.println("asrdoctor: " + FileTrouble.words(e.getCause()));
            case IOException e -> err.println("asrdoctor: " + FileTrouble.words(e));
            case InterruptedException e -> {
                if (!Visits.STOPPED.equals(e.getMessage())) {
                    err.println("asrdoctor: " + Visits.STOPPED);
                }
                return INTERRUPTED;
            }
            default -> {
                err.println("asrdoctor: this is a fault of asrdoctor itself: " + failure
                        + " (ASRDOCTOR_DEBUG=1 shows where)");
                if (System.getenv("ASRDOCTOR_DEBUG") != null) {
                    failure.printStackTrace(err);
                }
                return INTERNAL;
            }
        }
        return ExitCode.USAGE.code();
    }

    public static String outOfMemory() {
        return "asrdoctor: memory has run out (this Java may use "
                + Runtime.getRuntime().maxMemory() / (1024 * 1024)
                + " MiB), so the run was ended and nothing is told of any server; check fewer at once with --concurrency,"
                + " fewer altogether, or give more with ASRDOCTOR_JAVA_OPTS=-Xmx1g";
    }
}
