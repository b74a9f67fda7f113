package dev.asrdoctor.cli;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.FleetRun;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.ProbePlan;
import dev.asrdoctor.fleet.ServerTask;
import dev.asrdoctor.probe.FactsReader;
import java.io.PrintWriter;
import java.util.List;

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
        FactsReader reader = new FactsReader(edges.random(), edges.clock(), edges.redaction());
        ProbePlan plan = new ProbePlan(
                choice.checks(),
                fleet.policy(),
                choice.profile(),
                fleet.limits().serverDeadline(),
                fleet.inventory().servers());
        return visit(
                fleet,
                "checking",
                (server, session, deadline) -> reader.read(server.name(), plan.of(server), session, deadline));
    }

    /** Whether somebody sees what goes on. */
    boolean watched() {
        return edges.terminal().progress() && !quiet;
    }
}
