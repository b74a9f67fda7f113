package dev.asrdoctor.cli;

import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.FleetRun;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.ServerTask;
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

    boolean watched() {
        return edges.terminal().progress() && !quiet;
    }
}
