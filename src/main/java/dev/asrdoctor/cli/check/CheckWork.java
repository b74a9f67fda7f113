package dev.asrdoctor.cli.check;

import dev.asrdoctor.assess.Checked;
import dev.asrdoctor.assess.FleetCheck;
import dev.asrdoctor.assess.FleetDiagnosis;
import dev.asrdoctor.assess.LoadHistory;
import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.cli.options.CheckOptions;
import dev.asrdoctor.cli.options.OutputOptions;
import dev.asrdoctor.cli.options.Visits;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.cli.terminal.Version;
import dev.asrdoctor.diagnosis.KnowledgeReader;
import dev.asrdoctor.facts.Cost;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.fleet.FactsFolder;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.remoting.Wait;
import dev.asrdoctor.report.CostText;
import dev.asrdoctor.report.DiagnosisText;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.WaitText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Reads facts from servers, judges them and shows it. */
public final class CheckWork {
    private final Edges edges;
    private final OutputOptions output;
    private final PrintWriter out;
    private final Visits visits;
    private final Instant startedAt;
    private final OpenWindows planned;

    /** @param planned servers whose trouble is expected */
    public CheckWork(Edges edges, OutputOptions output, CommandLine command, OpenWindows planned) {
        this.edges = edges;
        this.output = output;
        this.out = command.getOut();
        this.visits = new Visits(edges, output.machineReadable(), command.getErr());
        this.startedAt = edges.clock().instant();
        this.planned = planned;
    }

    /** @return the exit code */
    public int check(Fleet fleet, CheckOptions.Choice choice, @Nullable Path saveFacts) throws Exception {
        List<Outcome<Checked>> checked = visits.checked(
                fleet, choice, facts -> saveFacts == null ? facts : LoadHistory.add(facts, new FactsFolder(saveFacts)));
        List<Outcome<Facts>> read = Checked.facts(checked);
        try {
            return report(read, FleetCheck.reports(checked));
        } finally {
            if (saveFacts != null) {
                save(read, saveFacts);
            }
        }
    }

    /**
     * Judges what was read and shows it.
     *
     * @return the exit code
     */
    int report(List<Outcome<Facts>> read, Policy policy, Set<String> checks) throws IOException, UsageException {
        return report(read, FleetCheck.judge(read, policy, checks));
    }

    private int report(List<Outcome<Facts>> read, List<ServerReport> servers) throws IOException, UsageException {
        OtherNames.words(read).ifPresent(words -> visits.err().println("asrdoctor: " + words));
        output.write(output.text() ? asked(read, servers) : servers, runInfo(), out, edges);
        if (output.text()) {
            new DiagnosisText(output.palette(edges.terminal()), ZoneId.systemDefault(), planned)
                    .ranking(FleetDiagnosis.of(servers, read, KnowledgeReader.shipped(), Set.of()), out);
        }
        if (output.verboseText()) {
            CostText.write(costs(read), out);
            WaitText.write(waits(read), out);
        }
        return ExitCode.of(servers).code();
    }

    private RunInfo runInfo() {
        return new RunInfo(Version.text(), startedAt, edges.clock().instant(), planned);
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

    /** For people the servers that were not asked before the run was stopped are counted, not listed. */
    private static List<ServerReport> asked(List<Outcome<Facts>> read, List<ServerReport> servers) {
        Set<String> unasked = new HashSet<>();
        for (Outcome<Facts> visit : read) {
            if (visit instanceof Outcome.Failed<Facts> failed
                    && failed.trouble().notBegun()) {
                unasked.add(visit.server().name());
            }
        }
        return unasked.isEmpty()
                ? servers
                : servers.stream()
                        .filter(server -> !unasked.contains(server.server().name()))
                        .toList();
    }

    private static boolean ended(Outcome<Facts> visit) {
        return !(visit instanceof Outcome.Failed<Facts> failed
                && (failed.trouble().waitedFor() || failed.trouble().notBegun()));
    }

    private static void save(List<Outcome<Facts>> read, Path folder) throws UsageException {
        try {
            // What an earlier run has read of a server that was not asked stays.
            new FactsFolder(folder).save(read.stream().filter(CheckWork::ended).toList());
        } catch (IOException e) {
            throw new UsageException("the facts could not be saved in " + folder + ": " + FileTrouble.words(e)
                    + "; those written before that are new, the others as they were, and none is half written");
        }
    }
}
