package dev.asrdoctor.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "remediate",
        description = "Start services that have stopped. Without --apply it only prints the plan.",
        footer = {
            "",
            "Exit codes: 0 healthy (afterwards), 1 problems remain, 2 usage, configuration or a",
            "local file, 3 something could not be checked, 4 a service could not be healed."
        })
final class RemediateCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Mixin
    FleetOptions fleet = new FleetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(names = "--apply", description = "Do it, and prove it by reading again.")
    boolean apply;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "What was meant and what came of it (default: ${DEFAULT-VALUE}).")
    Path journal = Path.of("asrdoctor-journal.jsonl");

    @SuppressWarnings("NullAway.Init")
    RemediateCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.checkForRemedy();
        return new FleetCommands(edges, output, spec.commandLine()).remediate(fleet.load(edges), journal, apply);
    }
}
