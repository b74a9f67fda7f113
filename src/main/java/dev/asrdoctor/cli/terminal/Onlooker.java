package dev.asrdoctor.cli.terminal;

import dev.asrdoctor.fleet.Watcher;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;

/**
 * Whoever started a command.
 *
 * @param err where they are told
 * @param shown whether progress is shown
 * @param logged whether a run is told step by step
 */
public record Onlooker(PrintWriter err, boolean shown, boolean logged, InstantSource clock) implements Watcher {

    /** @param quiet whether progress would disturb what is printed */
    public static Onlooker of(Edges edges, PrintWriter err, boolean quiet) {
        return new Onlooker(err, edges.terminal().progress() && !quiet, false, edges.clock());
    }

    /** The same, told step by step. */
    public Onlooker logging() {
        return new Onlooker(err, shown, true, clock);
    }

    @Override
    public void tell(String line) {
        err.println("asrdoctor: " + line);
    }

    @Override
    public void log(String what) {
        if (logged) {
            err.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + what);
        }
    }

    @Override
    public boolean watches() {
        return shown;
    }

    @Override
    public Ticker begin(String verb, int servers) {
        return new Progress(err, shown, verb, servers, System::nanoTime);
    }

    @Override
    public boolean stopped() {
        return Interrupts.wasStopped();
    }

    @Override
    public <T> T stoppable(Callable<T> work) throws Exception {
        return Interrupts.run(work);
    }
}
