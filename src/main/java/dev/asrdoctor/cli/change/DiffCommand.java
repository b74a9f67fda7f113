package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Comparison;
import dev.asrdoctor.change.FactDiff;
import dev.asrdoctor.change.FleetChange;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.cli.state.Stores;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Version;
import dev.asrdoctor.fleet.KeptVisits;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.json.DifferencesJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.DifferencesView;
import dev.asrdoctor.store.FactSet;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = "Tell what differs between two folders of saved facts; contacts no server.",
        footer = {
            "",
            "Lists are compared by natural keys and not by order; what always differs (uptime,",
            "counters, log times, process ids, samples) is left out.",
            "",
            "Exit codes: 0 nothing differs, 1 something differs, 2 usage or a file."
        })
public final class DiffCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "A folder of 'check --save-facts'.")
    Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "Another one.")
    Path after;

    @Mixin
    Outputs output = new Outputs(Subject.DIFFERENCES);

    @SuppressWarnings("NullAway.Init")
    public DiffCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        FactSet one = Stores.facts(before);
        FactSet other = Stores.facts(after);
        Map<String, Reading> was = FleetChange.readings(KeptVisits.outcomes(one.load()));
        Map<String, Reading> is = FleetChange.readings(KeptVisits.outcomes(other.load()));
        Comparison comparison = FactDiff.compare(was, is);
        Set<String> servers = new HashSet<>(was.keySet());
        servers.addAll(is.keySet());
        output.write(
                new Report(
                        DifferencesView.of(comparison, servers.size()),
                        new DifferencesJson(comparison, one.fingerprint(), other.fingerprint(), Version.text())),
                spec.commandLine().getOut(),
                edges);
        return (comparison.differences().isEmpty() ? ExitCode.HEALTHY : ExitCode.PROBLEMS).code();
    }
}
