package dev.asrdoctor.cli.terminal;

import dev.asrdoctor.fleet.Watcher;
import java.io.PrintWriter;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** One line on a terminal that tells how far a run has come; writes nothing at all when it is not shown. */
public final class Progress implements Watcher.Ticker {
    private static final int WIDTH = 24;
    private static final long REDRAW_NANOS = 100_000_000L;

    private final PrintWriter err;
    private final boolean shown;
    private final String verb;
    private final int total;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private int done;
    private int unreached;
    private long drawnAt;

    public Progress(PrintWriter err, boolean shown, String verb, int total, LongSupplier nanoTime) {
        this.err = err;
        this.shown = shown && total > 0;
        this.verb = verb;
        this.total = total;
        this.nanoTime = nanoTime;
        this.drawnAt = nanoTime.getAsLong() - REDRAW_NANOS;
        if (this.shown) {
            draw();
        }
    }

    @Override
    public void finished(boolean reached) {
        if (!shown) {
            return;
        }
        lock.lock();
        try {
            done++;
            if (!reached) {
                unreached++;
            }
            long now = nanoTime.getAsLong();
            if (done == total || now - drawnAt >= REDRAW_NANOS) {
                drawnAt = now;
                draw();
            }
        } finally {
            lock.unlock();
        }
    }

    private void draw() {
        int filled = (int) ((long) WIDTH * done / total);
        err.printf(
                "\r%s [%s%s] %d/%d%s\u001b[K",
                verb,
                "#".repeat(filled),
                " ".repeat(WIDTH - filled),
                done,
                total,
                unreached == 0 ? "" : ", " + unreached + " could not be read");
        err.flush();
    }

    @Override
    public void close() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
