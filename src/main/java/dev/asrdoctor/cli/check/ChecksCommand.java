package dev.asrdoctor.cli.check;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.cli.options.OutputFormat;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.report.CheckList;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "checks", description = "List every check with its step, what it reads, and its profile.")
public final class ChecksCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("text", "json");

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (default) or json.")
    String output = "text";

    @SuppressWarnings("NullAway.Init")
    public ChecksCommand() {}

    @Override
    public Integer call() throws UsageException {
        OutputFormat.check(output, FORMATS);
        PrintWriter out = spec.commandLine().getOut();
        if (output.equals("json")) {
            CheckList.json(Checks.all(), out);
        } else {
            CheckList.text(Checks.all(), out);
        }
        return 0;
    }
}
