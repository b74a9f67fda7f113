package dev.asrdoctor.cli;

import dev.asrdoctor.check.Check;
import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Checks;
import dev.asrdoctor.report.CheckPage;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "explain", description = "Tell why a check matters and how to fix what it finds.")
final class ExplainCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "CHECK", description = "Id of a check, or the part of it before the dot.")
    String name = "";

    @SuppressWarnings("NullAway.Init")
    ExplainCommand() {}

    @Override
    public Integer call() throws UsageException {
        List<Check> found = Checks.all().stream()
                .filter(check -> check.id().equals(name) || check.id().startsWith(name + "."))
                .toList();
        if (found.isEmpty()) {
            throw new UsageException("no check is called '" + name + "'" + CheckSelection.hint(name));
        }
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < found.size(); i++) {
            if (i > 0) {
                out.println();
            }
            out.print(CheckPage.of(found.get(i).about()));
        }
        return 0;
    }
}
