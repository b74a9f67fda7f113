package dev.asrdoctor.fleet;

import java.util.function.Consumer;

/**
 * Keeps the heap at what a fleet needs, and tells when memory has run out. The collector would rather take all that it may
 * have than look for garbage among what is old; and Java throws an error only when nothing at all is left: long before that
 * it does nothing but collect, and a run would stand still without a word.
 */
final class HeapWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 500;
    /** Ten seconds without anything to spare; between two ordinary collections most of it is free again. */
    private static final int MOST_IN_A_ROW = 20;

    private static final double FULL = 0.97;

    /** What a run needs beside its servers, what it holds of one that is being visited and of one that it has visited. */
    private static final long OWN = 64L * 1024 * 1024;

    private static final long IN_FLIGHT = 60 * 1024;
    private static final long KEPT = 8 * 1024;

    private final Thread thread;

    private HeapWatch(Thread thread) {
        this.thread = thread;
    }

    /** @param exhausted told once, when nothing has been free for long */
    static HeapWatch start(int servers, int concurrency, Consumer<Throwable> exhausted) {
        long wanted = OWN + servers * KEPT + Math.min(servers, concurrency) * IN_FLIGHT;
        return new HeapWatch(Thread.ofPlatform().daemon().name("heap-watch").start(() -> watch(wanted, exhausted)));
    }

    private static void watch(long first, Consumer<Throwable> exhausted) {
        long wanted = first;
        int full = 0;
        try {
            while (full < MOST_IN_A_ROW) {
                Thread.sleep(PERIOD_MILLIS);
                Runtime runtime = Runtime.getRuntime();
                if (runtime.totalMemory() > wanted && runtime.totalMemory() < runtime.maxMemory()) {
                    runtime.gc();
                    wanted = Math.max(first, 2 * (runtime.totalMemory() - runtime.freeMemory()));
                }
                long used = runtime.totalMemory() - runtime.freeMemory();
                full = used > FULL * runtime.maxMemory() ? full + 1 : 0;
            }
            exhausted.accept(new OutOfMemoryError("the heap is full"));
        } catch (InterruptedException e) {
            // The run is over.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
