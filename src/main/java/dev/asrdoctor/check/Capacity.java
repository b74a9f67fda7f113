package dev.asrdoctor.check;

import dev.asrdoctor.inventory.Deployment;
import java.util.List;
import java.util.Optional;

/** Microsoft's tables of what a process server of a size can carry (docs/facts.md, "Capacity"). */
final class Capacity {
    private static final long GB = 1L << 30;
    private static final long TB = 1L << 40;
    /** Firmware and graphics take a little of what was fitted. */
    private static final double FITTED = 0.96;

    /** One row of a table; upper bounds. */
    record Row(int cores, int memoryGigabytes, long cacheBytes, long churnBytes, int machines) {

        boolean carries(long machineCount, long churn) {
            return machineCount <= machines && churn <= churnBytes;
        }

        boolean hasCores(long found) {
            return found >= cores;
        }

        boolean hasMemory(long bytes) {
            return bytes >= memoryGigabytes * GB * FITTED;
        }

        boolean hasCache(long bytes) {
            return bytes >= cacheBytes * FITTED;
        }
    }

    private static final List<Row> CONFIGURATION_SERVER = List.of(
            new Row(8, 16, 300 * GB, 500 * GB, 100),
            new Row(12, 18, 600 * GB, TB, 150),
            new Row(16, 32, TB, 2 * TB, 200));
    private static final List<Row> STANDALONE = List.of(
            new Row(4, 8, 300 * GB, 250 * GB, 85), new Row(8, 12, 600 * GB, TB, 150), new Row(12, 24, TB, 2 * TB, 225));

    private Capacity() {}

    static List<Row> table(Deployment deployment) {
        return deployment == Deployment.CONFIGURATION_SERVER ? CONFIGURATION_SERVER : STANDALONE;
    }

    /** The smallest row that carries the load; nothing when no single server does. */
    static Optional<Row> needed(Deployment deployment, long machines, long churn) {
        return table(deployment).stream()
                .filter(row -> row.carries(machines, churn))
                .findFirst();
    }
}
