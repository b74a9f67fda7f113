package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.SystemFacts;
import dev.asrdoctor.policy.Setting;
import java.util.List;
import java.util.Optional;

/** Free space of the cache volume (article step 1; docs/facts.md, "Health figures"). */
final class HealthCacheSpace extends AreaCheck<SystemFacts> {
    public static final Setting<Integer> CACHE_WARN =
            Setting.percent("health", "cacheFreeWarn", 30, "free space of the cache volume that warns");
    public static final Setting<Integer> CACHE_FAIL =
            Setting.percent("health", "cacheFreeFail", 25, "free space of the cache volume that fails");
    public static final Setting<Integer> CACHE_THROTTLED = Setting.percent(
            "health", "cacheFreeThrottled", 20, "free space of the cache volume at which the product throttles");

    private static final double GB = 1L << 30;

    HealthCacheSpace() {
        super(
                FactArea.SYSTEM,
                new About(
                        "health.cache-space",
                        "Free space of the cache volume",
                        1,
                        List.of(FactArea.SYSTEM, FactArea.PRODUCT),
                        Profile.QUICK,
                        About.PROCESS_SERVERS,
                        "All changes pass through the cache. At 20 % free the process server throttles every machine, and"
                                + " replication of all of them stops to move.",
                        "Find out why data is not uploaded (upload.moving, firewall.urls, proxy.same): a full cache is mostly a"
                                + " result. If upload is healthy, enlarge the volume or move machines to another process server.",
                        List.of(CACHE_WARN, CACHE_FAIL, CACHE_THROTTLED)));
    }

    @Override
    List<Finding> judge(SystemFacts system, Context context) {
        Optional<SystemFacts.Volume> volume = PracticesSize.cacheVolume(system, context.read(FactArea.PRODUCT));
        Long free = volume.map(SystemFacts.Volume::freeBytes).orElse(null);
        if (volume.isEmpty() || free == null || volume.get().capacityBytes() <= 0) {
            return List.of(
                    finding("")
                            .is(
                                    Status.UNKNOWN,
                                    Severity.MEDIUM,
                                    "the volume of the cache could not be found",
                                    "The set-up record (Installed Products\\9, InstallDirectory) names no folder on a volume of this server."));
        }
        String name = volume.get().name();
        double percent = 100.0 * free / volume.get().capacityBytes();
        FindingBuilder finding = finding(name)
                .evidence("volume", name)
                .evidence("freePercent", Math.round(percent * 10) / 10.0)
                .evidence("freeGigabytes", Math.round(free / GB))
                .evidence("sizeGigabytes", Math.round(volume.get().capacityBytes() / GB));
        String words = String.format(
                java.util.Locale.ROOT, "%.0f %% (%.0f GB) of the cache volume %s is free", percent, free / GB, name);
        if (percent <= context.get(CACHE_THROTTLED)) {
            return List.of(finding.is(
                    Status.FAIL, Severity.CRITICAL, words + ": the product throttles every machine", about().fix()));
        }
        if (percent <= context.get(CACHE_FAIL)) {
            return List.of(finding.is(Status.FAIL, Severity.HIGH, words, about().fix()));
        }
        if (percent <= context.get(CACHE_WARN)) {
            return List.of(finding.is(Status.WARN, Severity.MEDIUM, words, about().fix()));
        }
        return pass(finding, words);
    }
}
