package dev.asrdoctor.assess;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work with what one server said, which must cost the others nothing: only so many at once as there are processors, so
 * that few need memory, and each for a limited time. What overruns is left to itself on a thread that keeps nobody alive.
 */
final class InTime {
    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final Semaphore PLACES = new Semaphore(AT_ONCE);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("judging-", 0).factory());

    /** What could not be done with a server's answer. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private InTime() {}

    /**
     * @throws FailedException when it takes longer, or when it throws whatever the answer has set off
     * @throws OutOfMemoryError which is no one server's trouble
     */
    static <T> T run(Duration limit, Callable<T> work) throws FailedException, InterruptedException {
        PLACES.acquire();
        try {
            FutureTask<T> task = new FutureTask<>(work);
            THREADS.execute(task);
            try {
                return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                task.cancel(true);
                throw new FailedException("it takes longer than " + limit.toSeconds() + " s", e);
            } catch (InterruptedException e) {
                task.cancel(true);
                throw e;
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (cause instanceof OutOfMemoryError full) {
                    throw full;
                }
                throw new FailedException(String.valueOf(cause), e);
            }
        } finally {
            PLACES.release();
        }
    }
}
