package dev.asrdoctor.cli.check;

import dev.asrdoctor.check.Check;
import dev.asrdoctor.check.Checks;
import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.report.json.ChecksJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.ChecksView;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "checks", description = "List every check with its step, what it reads, and its profile.")
public final class ChecksCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Mixin
    Outputs output = new Outputs(Subject.CHECKS);

    @SuppressWarnings("NullAway.Init")
    public ChecksCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws UsageException, IOException {
        output.check();
        List<Check> checks = Checks.all();
        output.write(
                new Report(ChecksView.of(checks), new ChecksJson(checks)),
                spec.commandLine().getOut(),
                edges);
        return 0;
    }
}
