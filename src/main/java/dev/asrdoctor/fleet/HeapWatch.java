package dev.asrdoctor.fleet;

import java.util.function.Consumer;

/**
 * Tells when memory has run out. Java itself throws an error only when nothing at all is left; long before that it does
 * nothing but collect garbage, and a run would stand still without a word.
 */
final class HeapWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 500;
    /** Ten seconds without anything to spare; between two ordinary collections most of it is free again. */
    private static final int MOST_IN_A_ROW = 20;

    private static final double FULL = 0.97;

    private final Thread thread;

    private HeapWatch(Thread thread) {
        this.thread = thread;
    }

    static HeapWatch start(Consumer<Throwable> exhausted) {
        return new HeapWatch(Thread.ofPlatform().daemon().name("heap-watch").start(() -> watch(exhausted)));
    }

    private static void watch(Consumer<Throwable> exhausted) {
        int full = 0;
        try {
            while (full < MOST_IN_A_ROW) {
                Thread.sleep(PERIOD_MILLIS);
                Runtime runtime = Runtime.getRuntime();
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
