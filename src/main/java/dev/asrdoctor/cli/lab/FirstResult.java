package dev.asrdoctor.cli.lab;

import dev.asrdoctor.fleet.Watcher;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/** Looks on as another watcher does, and tells when the first server had been visited. */
final class FirstResult implements Watcher {
    private static final long NONE = -1;

    private final Watcher other;
    private final long started = System.nanoTime();
    private final AtomicLong took = new AtomicLong(NONE);

    FirstResult(Watcher other) {
        this.other = other;
    }

    /** Since this watcher was made; zero where no visit has ended. */
    Duration after() {
        return Duration.ofNanos(Math.max(0, took.get()));
    }

    @Override
    public Ticker begin(String verb, int servers) {
        Ticker ticker = other.begin(verb, servers);
        return new Ticker() {
            @Override
            public void finished(boolean reached) {
                took.compareAndSet(NONE, System.nanoTime() - started);
                ticker.finished(reached);
            }

            @Override
            public void close() {
                ticker.close();
            }
        };
    }

    @Override
    public void tell(String line) {
        other.tell(line);
    }

    @Override
    public void log(String what) {
        other.log(what);
    }

    @Override
    public boolean watches() {
        return other.watches();
    }

    @Override
    public boolean stopped() {
        return other.stopped();
    }

    @Override
    public <T> T stoppable(Callable<T> work) throws Exception {
        return other.stoppable(work);
    }
}
