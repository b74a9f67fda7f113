package dev.asrdoctor.cli.options;

import dev.asrdoctor.assess.CheckTask;
import dev.asrdoctor.assess.Checked;
import dev.asrdoctor.assess.ProbePlan;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Failures;
import dev.asrdoctor.cli.terminal.Interrupts;
import dev.asrdoctor.cli.terminal.Progress;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.FleetRun;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.ServerTask;
import dev.asrdoctor.probe.FactsReader;
import dev.asrdoctor.text.Words;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Visits to servers, with progress where somebody is watching. */
public record Visits(Edges edges, boolean quiet, PrintWriter err) {
    private static final int MOST_NAMED = 20;

    /**
     * Visits every server. When the user stops it, those that had not ended say so; nothing may be begun after that.
     *
     * @param verb what is being done, for example {@code checking}
     */
    public <R> List<Outcome<R>> visit(Fleet fleet, String verb, ServerTask<R> task) throws Exception {
        List<Outcome<R>> outcomes = visited(fleet, verb, task);
        if (Interrupts.wasStopped()) {
            err.println(stopped(outcomes));
        }
        return outcomes;
    }

    /** How far it came, and whom it waited for. */
    private static <R> String stopped(List<Outcome<R>> outcomes) {
        List<String> waitedFor = new ArrayList<>();
        int notAsked = 0;
        for (Outcome<R> outcome : outcomes) {
            if (outcome instanceof Outcome.Failed<R> failed) {
                if (failed.trouble().waitedFor()) {
                    waitedFor.add(failed.server().name());
                }
                notAsked += failed.trouble().notBegun() ? 1 : 0;
            }
        }
        int ended = outcomes.size() - notAsked - waitedFor.size();
        return Failures.STOPPED + System.lineSeparator() + "asrdoctor: " + ended + " of "
                + Words.count(outcomes.size(), "server") + " had ended"
                + (waitedFor.isEmpty() ? "" : "; it waited for " + named(waitedFor))
                + (notAsked == 0 ? "" : "; " + notAsked + " had not been asked yet");
    }

    private static String named(List<String> names) {
        return names.size() <= MOST_NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMED)) + " and " + (names.size() - MOST_NAMED) + " more";
    }

    private <R> List<Outcome<R>> visited(Fleet fleet, String verb, ServerTask<R> task) throws Exception {
        Fleet bounded = Heap.bounded(fleet, Runtime.getRuntime().maxMemory(), err);
        FleetRun run = FleetOptions.start(bounded, edges);
        try (Progress progress =
                new Progress(err, watched(), verb, fleet.servers().size(), System::nanoTime)) {
            return Interrupts.run(() ->
                    run.run(bounded.servers(), task, visit -> progress.finished(visit instanceof Outcome.Done)));
        }
    }

    /** What every server of the fleet tells. */
    public List<Outcome<Facts>> facts(Fleet fleet, CheckOptions.Choice choice) throws Exception {
        return Checked.facts(checked(fleet, choice, facts -> facts));
    }

    /**
     * What every server of the fleet tells, and what it is judged to be.
     *
     * @param completed adds to what was read
     */
    public List<Outcome<Checked>> checked(Fleet fleet, CheckOptions.Choice choice, UnaryOperator<Facts> completed)
            throws Exception {
        FactsReader reader = new FactsReader(edges.random(), edges.clock(), edges.redaction());
        ProbePlan plan = new ProbePlan(
                choice.checks(),
                fleet.policy(),
                choice.profile(),
                fleet.limits().serverDeadline(),
                fleet.inventory().servers());
        return visit(fleet, "checking", new CheckTask(reader, plan, fleet.policy(), choice.checks(), completed));
    }

    /** Whether somebody sees what goes on. */
    public boolean watched() {
        return edges.terminal().progress() && !quiet;
    }
}
