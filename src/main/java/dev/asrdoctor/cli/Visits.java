package dev.asrdoctor.cli;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.CheckTask;
import dev.asrdoctor.fleet.Checked;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.FleetRun;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.ProbePlan;
import dev.asrdoctor.fleet.ServerTask;
import dev.asrdoctor.probe.FactsReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.UnaryOperator;

/** Visits to servers, with progress where somebody is watching. */
record Visits(Edges edges, boolean quiet, PrintWriter err) {

    /** @param verb what is being done, for example {@code checking} */
    <R> List<Outcome<R>> visit(Fleet fleet, String verb, ServerTask<R> task) throws Exception {
        FleetRun run = FleetOptions.start(fleet, edges);
        try (Progress progress =
                new Progress(err, watched(), verb, fleet.servers().size(), System::nanoTime)) {
            return Interrupts.run(() ->
                    run.run(fleet.servers(), task, visit -> progress.finished(visit instanceof Outcome.Done)));
        }
    }

    /** What every server of the fleet tells. */
    List<Outcome<Facts>> facts(Fleet fleet, CheckOptions.Choice choice) throws Exception {
        return Checked.facts(checked(fleet, choice, facts -> facts));
    }

    /**
     * What every server of the fleet tells, and what it is judged to be.
     *
     * @param completed adds to what was read
     */
    List<Outcome<Checked>> checked(Fleet fleet, CheckOptions.Choice choice, UnaryOperator<Facts> completed)
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
    boolean watched() {
        return edges.terminal().progress() && !quiet;
    }
}
