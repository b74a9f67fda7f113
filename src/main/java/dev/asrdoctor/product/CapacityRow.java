package dev.asrdoctor.product;

/** What a server of a size can carry; upper bounds. One row of the vendor's table (docs/facts.md, "Capacity"). */
public record CapacityRow(int cores, int memoryGigabytes, long cacheBytes, long churnBytes, int machines) {
    static final long GB = 1L << 30;
    /** Firmware and graphics take a little of what was fitted. */
    private static final double FITTED = 0.96;

    public boolean carries(long machineCount, long churn) {
        return machineCount <= machines && churn <= churnBytes;
    }

    public boolean hasCores(long found) {
        return found >= cores;
    }

    public boolean hasMemory(long bytes) {
        return bytes >= memoryGigabytes * GB * FITTED;
    }

    public boolean hasCache(long bytes) {
        return bytes >= cacheBytes * FITTED;
    }
}
