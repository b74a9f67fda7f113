package dev.asrdoctor.cli;

import dev.asrdoctor.change.ChangeException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ctrl-C and SIGTERM interrupt the work and then wait for it to clean up on the servers before the JVM ends. */
final class Interrupts {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Interrupts() {}

    /** @throws InterruptedException when the user stopped it, after the work has cleaned up */
    static <T> T run(Callable<T> work) throws Exception {
        Thread worker = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean stopped = new AtomicBoolean();
        Thread hook = new Thread(() -> {
            stopped.set(true);
            worker.interrupt();
            try {
                ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } catch (ChangeException e) {
            if (stopped.get()) {
                // A file that was being written is closed by the interrupt, which is no fault of the disk.
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        } finally {
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shutdownHasBegun) {
                // The hook is running and has just been let go.
            }
        }
    }
}
