package dev.asrdoctor.remoting;

import dev.asrdoctor.remoting.RemotingFailure.DeadlineExceeded;
import dev.asrdoctor.remoting.RemotingFailure.Stage;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls libraries that wait inside monitors and know no deadline. Each call has a platform thread, because a virtual one
 * would hold its carrier for as long as the library waits (JEP 491), and a daemon, because threads that the library
 * starts inherit that and must not keep this Java alive.
 */
public final class BlockingCalls {
    private final ExecutorService threads;
    private final Duration cleanupTime;

    /**
     * @param libraries where the threads look for implementations: JAXB, SAAJ and JAX-WS find theirs by the thread, which
     *     otherwise knows the class path of the program alone
     * @param cleanupTime how long a call that is told to stop may take to tidy up
     */
    public BlockingCalls(String name, ClassLoader libraries, Duration cleanupTime) {
        this.cleanupTime = cleanupTime;
        ThreadFactory factory = Thread.ofPlatform().daemon().name(name + "-", 0).factory();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = factory.newThread(task);
            thread.setContextClassLoader(libraries);
            return thread;
        });
    }

    /** What a call may throw. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws RemotingException, InterruptedException;
    }

    /**
     * The call's result, unless the deadline or an interrupt ends it first; then it is interrupted and given time to clean
     * up.
     *
     * @throws RemotingException also when the deadline has passed, with this stage
     */
    public <T> T until(Deadline deadline, Stage stage, Call<T> call) throws RemotingException, InterruptedException {
        return until(deadline, stage, call, null);
    }

    /**
     * As the other, for a call that ends by itself soon after it is asked to: it is interrupted only where it does not.
     *
     * @param stop asks the call to end; runs on the caller's thread
     * @throws RemotingException also when the deadline has passed, with this stage
     */
    public <T> T until(Deadline deadline, Stage stage, Call<T> call, @Nullable Runnable stop)
            throws RemotingException, InterruptedException {
        long started = System.nanoTime();
        Callable<T> task = call::run;
        FutureTask<T> future = new FutureTask<>(task);
        FutureTask<Boolean> ended = new FutureTask<>(future, true);
        threads.execute(ended);
        try {
            return future.get(Math.max(1, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw asThrown(Objects.requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            stop(future, ended, stop);
            throw new RemotingException(new DeadlineExceeded(stage, Duration.ofNanos(System.nanoTime() - started)), e);
        } catch (InterruptedException e) {
            stop(future, ended, stop);
            throw e;
        }
    }

    private void stop(FutureTask<?> future, FutureTask<?> ended, @Nullable Runnable stop) {
        if (stop == null) {
            future.cancel(true);
        } else {
            stop.run();
        }
        try {
            ended.get(cleanupTime.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It tidies up for as long as it needs; nobody waits for that.
            future.cancel(true);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
        }
    }

    private static RemotingException asThrown(Throwable cause) throws InterruptedException {
        return switch (cause) {
            case RemotingException failure -> failure;
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException fault -> throw fault;
            case Error fault -> throw fault;
            default -> throw new IllegalStateException(cause);
        };
    }
}
