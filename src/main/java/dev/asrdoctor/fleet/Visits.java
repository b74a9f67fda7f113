package dev.asrdoctor.fleet;

import dev.asrdoctor.policy.RunPolicy;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.List;

/** Visits to the servers of a fleet, with progress where somebody is watching. */
public record Visits(Controller controller) {
    /** What is told first of a run that was stopped. */
    public static final String STOPPED = "stopped; no shell was left behind on a server that could still be reached";

    private static final int MOST_NAMED = 20;

    /**
     * Visits every server. When the user stops it, those that had not ended say so; nothing may be begun after that.
     *
     * @param verb what is being done, for example {@code checking}
     */
    public <R> List<Outcome<R>> visit(Fleet fleet, String verb, ServerTask<R> task) throws Exception {
        List<Outcome<R>> outcomes = visited(fleet, verb, task);
        Watcher watcher = controller.watcher();
        if (watcher.stopped()) {
            watcher.tell(STOPPED);
            watcher.tell(stopped(outcomes));
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
        return ended + " of "
                + Words.count(outcomes.size(), "server") + " had ended"
                + (waitedFor.isEmpty() ? "" : "; it waited for " + Words.first(waitedFor, MOST_NAMED))
                + (notAsked == 0 ? "" : "; " + notAsked + " had not been asked yet");
    }

    private <R> List<Outcome<R>> visited(Fleet fleet, String verb, ServerTask<R> task) throws Exception {
        Watcher watcher = controller.watcher();
        Fleet bounded = Heap.bounded(fleet, Runtime.getRuntime().maxMemory(), watcher::tell);
        RunPolicy limits = bounded.limits();
        FleetRun run = new FleetRun(
                controller
                        .connecting()
                        .connector(bounded.inventory(), bounded.servers(), limits.stopAfterLogonFailures()),
                new FleetLimits(limits.concurrency(), limits.serverDeadline(), FleetLimits.DEFAULT.startInterval()));
        try (Watcher.Ticker ticker = watcher.begin(verb, fleet.servers().size())) {
            return watcher.stoppable(() ->
                    run.run(bounded.servers(), task, visit -> ticker.finished(visit instanceof Outcome.Done)));
        }
    }
}
