package dev.asrdoctor.fleet;

import java.util.function.Consumer;

/** How many servers at once the memory of this Java bears. */
final class Heap {
    /** Measured with some to spare: connection, keys, the pieces of a request and of an answer (docs/performance.md). */
    private static final long IN_FLIGHT = 60 * 1024;

    /** What is kept of a server until the end. */
    private static final long KEPT = 8 * 1024;

    /** For the program itself, and for what a collection has not taken away yet. */
    private static final long OWN = 24L * 1024 * 1024;

    private Heap() {}

    /** The fleet, visited by fewer at once where the heap asks for that; it is said then. */
    static Fleet bounded(Fleet fleet, long maxMemory, Consumer<String> told) {
        int servers = fleet.servers().size();
        int wanted = Math.min(fleet.limits().concurrency(), servers);
        long bears = Math.max(1, (maxMemory * 3 / 4 - OWN - servers * KEPT) / IN_FLIGHT);
        if (wanted <= bears) {
            return fleet;
        }
        told.accept(bears + " servers are visited at once, not " + wanted
                + ": the memory this Java may use (" + maxMemory / (1024 * 1024)
                + " MiB) bears no more; ASRDOCTOR_JAVA_OPTS=-Xmx1g gives it more");
        return fleet.atMostAtOnce((int) bears);
    }
}
