package dev.asrdoctor.fleet;

import dev.asrdoctor.inventory.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/** One run over a list of servers: a few workers, each of which takes the next server when it has ended one. */
final class Visiting<R> {
    private final List<Server> servers;
    private final Visit<R> visit;
    private final Consumer<Outcome<R>> finished;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReferenceArray<Outcome<R>> outcomes;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @FunctionalInterface
    interface Visit<R> {
        Outcome<R> to(Server server) throws InterruptedException;
    }

    Visiting(List<Server> servers, Visit<R> visit, Consumer<Outcome<R>> finished) {
        this.servers = List.copyOf(servers);
        this.visit = visit;
        this.finished = finished;
        this.outcomes = new AtomicReferenceArray<>(servers.size());
        if (servers.isEmpty()) {
            end.complete(null);
        }
    }

    /**
     * Visits server after server until none is left.
     *
     * @param wait before the first
     */
    void work(Duration wait) {
        try {
            Thread.sleep(wait);
            for (int i = next.getAndIncrement(); i < servers.size(); i = next.getAndIncrement()) {
                Outcome<R> outcome = visit.to(servers.get(i));
                outcomes.set(i, outcome);
                finished.accept(outcome);
                if (ended.incrementAndGet() == servers.size()) {
                    end.complete(null);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException("stopped between two servers");
                }
            }
        } catch (InterruptedException e) {
            // The run was stopped; the server that was being visited has no outcome.
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** Ends the run for a reason that is no one server's. */
    void fail(Throwable why) {
        end.completeExceptionally(why);
    }

    /** Until all servers have ended, or the run has failed. */
    void await() throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error fault) {
                throw fault;
            }
            throw new IllegalStateException("a visit ended in a way that is a fault of asrdoctor itself", cause);
        }
    }

    /** In the order of the servers; of those that have not ended, whether they were begun. */
    List<Outcome<R>> outcomes() {
        int begun = Math.min(next.get(), servers.size());
        List<Outcome<R>> all = new ArrayList<>(servers.size());
        for (int i = 0; i < servers.size(); i++) {
            Outcome<R> outcome = outcomes.get(i);
            all.add(outcome == null ? new Outcome.Failed<>(servers.get(i), Trouble.stopped(i < begun)) : outcome);
        }
        return all;
    }
}
