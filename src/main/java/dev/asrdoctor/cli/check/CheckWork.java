package dev.asrdoctor.cli.check;

import dev.asrdoctor.assess.Assess;
import dev.asrdoctor.assess.Assessed;
import dev.asrdoctor.assess.Choice;
import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.cli.options.OutputOptions;
import dev.asrdoctor.cli.state.Stores;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Onlooker;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.diagnosis.KnowledgeReader;
import dev.asrdoctor.facts.Cost;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.remoting.Wait;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.json.CheckJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.view.CheckReport;
import dev.asrdoctor.store.FactSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Has servers read and judged, and shows it. */
public final class CheckWork {
    private final Edges edges;
    private final OutputOptions output;
    private final PrintWriter out;
    private final Onlooker onlooker;
    private final Instant startedAt;
    private final OpenWindows planned;

    /** @param planned servers whose trouble is expected */
    public CheckWork(Edges edges, OutputOptions output, CommandLine command, OpenWindows planned) {
        this.edges = edges;
        this.output = output;
        this.out = command.getOut();
        this.onlooker = Onlooker.of(edges, command.getErr(), output.machineReadable());
        this.startedAt = edges.clock().instant();
        this.planned = planned;
    }

    /** @return the exit code */
    public int check(Fleet fleet, Choice choice, @Nullable Path saveFacts) throws Exception {
        FactSet folder = saveFacts == null ? null : Stores.facts(saveFacts);
        Assessed assessed = new Assess(edges.controller(onlooker)).fleet(fleet, choice, folder);
        try {
            return report(assessed);
        } finally {
            if (folder != null && saveFacts != null) {
                save(assessed, folder, saveFacts);
            }
        }
    }

    /**
     * Shows what is known.
     *
     * @return the exit code
     */
    int report(Assessed assessed) throws IOException, UsageException {
        List<Outcome<Facts>> read = assessed.read();
        assessed.otherNames().ifPresent(onlooker::tell);
        List<ServerReport> told = output.text() ? assessed.asked() : assessed.servers();
        RunInfo run = runInfo();
        CheckReport.Beside beside = new CheckReport.Beside(
                () -> assessed.diagnosis(KnowledgeReader.shipped(), Set.of()), () -> costs(read), () -> waits(read));
        output.write(
                new Report(CheckReport.of(told, run, output.detail(), beside), new CheckJson(told, run)), out, edges);
        return ExitCode.of(assessed.servers()).code();
    }

    private RunInfo runInfo() {
        return edges.ended(startedAt, planned);
    }

    private static Map<String, List<String>> waits(List<Outcome<Facts>> read) {
        Map<String, List<String>> waits = new LinkedHashMap<>();
        for (Outcome<Facts> visit : read) {
            if (visit instanceof Outcome.Done<Facts> done && !done.waits().isEmpty()) {
                waits.put(
                        done.server().name(),
                        done.waits().stream().map(Wait::words).toList());
            }
        }
        return waits;
    }

    private static Map<String, Cost> costs(List<Outcome<Facts>> read) {
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (Outcome<Facts> visit : read) {
            if (visit instanceof Outcome.Done<Facts> done && done.value().cost() != null) {
                costs.put(done.server().name(), done.value().cost());
            }
        }
        return costs;
    }

    private static void save(Assessed assessed, FactSet folder, Path path) throws UsageException {
        try {
            assessed.save(folder);
        } catch (IOException e) {
            throw new UsageException("the facts could not be saved in " + path + ": " + FileTrouble.words(e)
                    + "; those written before that are new, the others as they were, and none is half written");
        }
    }
}
