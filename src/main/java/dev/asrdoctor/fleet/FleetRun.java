package dev.asrdoctor.fleet;

import dev.asrdoctor.connect.Connector;
import dev.asrdoctor.inventory.InventoryWords;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.probe.AnswerException;
import dev.asrdoctor.remoting.Deadline;
import dev.asrdoctor.remoting.Redaction;
import dev.asrdoctor.remoting.RemotingException;
import dev.asrdoctor.remoting.Session;
import dev.asrdoctor.remoting.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Visits many servers at once, each on a virtual thread of its own; one server's trouble is its own. */
public final class FleetRun {
    /** Long enough for every visit to delete its shell after an interrupt. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(15);

    private final Connector connector;
    private final FleetLimits limits;

    public FleetRun(Connector connector, FleetLimits limits) {
        this.connector = connector;
        this.limits = limits;
    }

    /**
     * Runs the task on every server.
     *
     * @param finished called once for each server as it ends, from that server's thread
     * @return the outcomes in the order of the servers. After an interrupt, when every visit was told to stop and has cleaned
     *     up on its server, those of servers that had not ended say so, and the thread's flag is set
     * @throws OutOfMemoryError when there is not enough for so many at once; every visit was told to stop then too
     */
    public <R> List<Outcome<R>> run(List<Server> servers, ServerTask<R> task, Consumer<Outcome<R>> finished) {
        connector.visitBegins();
        Visiting<R> visiting = new Visiting<>(servers, server -> visit(server, task), finished);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HeapWatch heap = HeapWatch.start(servers.size(), limits.concurrency(), visiting::fail);
        try {
            for (int i = 0; i < Math.min(limits.concurrency(), servers.size()); i++) {
                Duration wait = limits.startInterval().multipliedBy(i);
                threads.execute(() -> visiting.work(wait));
            }
            visiting.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            heap.close();
            threads.shutdownNow();
            awaitCleanUp(threads);
        }
        return visiting.outcomes();
    }

    private static void awaitCleanUp(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(CLEAN_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <R> Outcome<R> visit(Server server, ServerTask<R> task) throws InterruptedException {
        Deadline deadline = Deadline.after(limits.serverDeadline());
        InventoryWords words = server.connection().words();
        List<Wait> waits = new ArrayList<>();
        Redaction redaction = connector.redaction();
        try (Session session = connector.open(server, deadline, waits::add)) {
            return new Outcome.Done<>(server, task.run(server, session, deadline), waits);
        } catch (RemotingException e) {
            return new Outcome.Failed<>(
                    server, Trouble.of(e.failure(), waits).in(words).redacted(redaction));
        } catch (AnswerException e) {
            return new Outcome.Failed<>(
                    server, Trouble.of(e.failure()).in(words).redacted(redaction));
        } catch (RuntimeException | StackOverflowError e) {
            return new Outcome.Failed<>(server, Trouble.ofOwn(e).redacted(redaction));
        }
    }
}
