package dev.asrdoctor.remoting.wsman;

import dev.asrdoctor.remoting.RemotingException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls that an interruption must not break in the middle, because their answer says what has to be cleaned up. */
final class Shielded {
    private Shielded() {}

    /**
     * Runs a call to its end. If the calling thread is interrupted meanwhile, the call gets {@code grace} to finish before
     * the interruption is passed on.
     */
    static void run(Callable<?> call, Duration grace) throws RemotingException, InterruptedException {
        FutureTask<?> task = new FutureTask<>(call);
        Thread runner = Thread.ofVirtual().start(task);
        try {
            task.get();
            // A task that has ended already is handed out without a look at the flag.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } catch (InterruptedException e) {
            try {
                task.get(grace.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException again) {
                runner.interrupt();
            }
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RemotingException failed) {
                throw failed;
            }
            if (cause instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IllegalStateException(cause);
        }
    }
}
