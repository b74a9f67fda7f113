package dev.asrdoctor.check;

import dev.asrdoctor.facts.CacheFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.policy.Setting;

/** Whether data waits for its upload; without the cache's facts nobody knows. */
enum Waiting {
    YES,
    NO,
    UNKNOWN;

    static final Setting<Integer> BACKLOG_LEAST =
            Setting.count("health", "backlogLeastMegabytes", 300, "less waiting data than this is never a problem");

    static Waiting of(AreaCheck.Context context) {
        CacheFacts cache = context.read(FactArea.CACHE);
        if (cache == null) {
            return UNKNOWN;
        }
        if (megabytes(cache) >= context.get(BACKLOG_LEAST)) {
            return YES;
        }
        return cache.complete() ? NO : UNKNOWN;
    }

    static long megabytes(CacheFacts cache) {
        return Math.round(cache.bytes() / (double) (1 << 20));
    }
}
