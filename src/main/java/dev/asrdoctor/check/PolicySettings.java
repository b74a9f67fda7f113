package dev.asrdoctor.check;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Every threshold and exception of the policy file; the figures stand in docs/facts.md. */
public final class PolicySettings {
    public static final Setting<Duration> PENDING_TOO_LONG = Setting.time(
            "services",
            "pendingTooLong",
            Duration.ofMinutes(2),
            "a service that stays in a pending state longer is stuck");
    public static final Setting<Duration> DELAYED_START_GRACE = Setting.time(
            "services",
            "delayedStartGrace",
            Duration.ofMinutes(5),
            "after boot, a service with delayed start may still be stopped");
    public static final Setting<Set<String>> DISABLED_ON_PURPOSE = Setting.names(
            "services", "disabledOnPurpose", "short names of services that are left disabled, and never started");

    public static final Setting<Set<String>> OTHER_PRODUCTS =
            Setting.names("practices", "allowedProducts", "services of other products that may share the machine");

    public static final Setting<Duration> SAMPLE_WINDOW =
            Setting.time("health", "sampleWindow", Duration.ofSeconds(10), "counters are read twice, this far apart");
    public static final Setting<Integer> CPU_WARN =
            Setting.percent("health", "cpuWarn", 80, "processor load that warns");
    public static final Setting<Integer> CPU_FAIL =
            Setting.percent("health", "cpuFail", 95, "processor load that fails");
    public static final Setting<Integer> MEMORY_WARN =
            Setting.percent("health", "memoryWarn", 80, "commit charge that warns, of the commit limit");
    public static final Setting<Integer> MEMORY_FAIL =
            Setting.percent("health", "memoryFail", 95, "commit charge that fails, of the commit limit");
    public static final Setting<Integer> CACHE_WARN =
            Setting.percent("health", "cacheFreeWarn", 30, "free space of the cache volume that warns");
    public static final Setting<Integer> CACHE_FAIL =
            Setting.percent("health", "cacheFreeFail", 25, "free space of the cache volume that fails");
    public static final Setting<Integer> CACHE_THROTTLED = Setting.percent(
            "health", "cacheFreeThrottled", 20, "free space of the cache volume at which the product throttles");
    public static final Setting<Duration> BACKLOG_WARN = Setting.time(
            "health", "backlogWarn", Duration.ofMinutes(30), "waiting data that takes longer to upload warns");
    public static final Setting<Duration> BACKLOG_FAIL = Setting.time(
            "health", "backlogFail", Duration.ofMinutes(45), "waiting data that takes longer to upload fails");
    public static final Setting<Integer> BACKLOG_LEAST =
            Setting.count("health", "backlogLeastMegabytes", 300, "less waiting data than this is never a problem");

    public static final Setting<Duration> LOG_RECENT =
            Setting.time("logs", "recent", Duration.ofHours(24), "errors in logs that are older than this are past");
    public static final Setting<Duration> LOG_NOW =
            Setting.time("logs", "now", Duration.ofHours(1), "failures in logs that are younger than this go on now");
    public static final Setting<Duration> LOG_SILENT = Setting.time(
            "logs", "silent", Duration.ofHours(1), "a log of a running service without a line for longer is silent");

    public static final Setting<Duration> OFFSET_WARN =
            Setting.time("time", "offsetWarn", Duration.ofSeconds(60), "a clock that is further off warns");
    public static final Setting<Duration> OFFSET_FAIL = Setting.time(
            "time", "offsetFail", Duration.ofMinutes(5), "a clock that is further off fails; Kerberos' limit");
    public static final Setting<Duration> SYNC_AGE =
            Setting.time("time", "syncAge", Duration.ofHours(24), "without a good synchronisation for longer it warns");

    public static final Setting<Set<String>> MORE_EXCLUSIONS =
            Setting.names("antivirus", "folders", "further folders that have to be excluded");
    public static final Setting<Boolean> THIRD_PARTY_VERIFIED = Setting.flag(
            "antivirus", "thirdPartyVerified", false, "exclusions of other scanners were verified by hand");

    public static final Setting<Boolean> TRANSFER_TEST = Setting.flag(
            "transport", "transferTest", true, "run the vendor's cxpsclient on source machines where it is installed");
    public static final Setting<Duration> CONNECT_SLOW =
            Setting.time("transport", "connectSlow", Duration.ofSeconds(1), "a connection that takes longer is slow");

    public static final Setting<Integer> CHURN_WARN =
            Setting.count("source", "churnMegabytesPerSecond", 25, "a source machine that writes more than this warns");

    public static final Setting<Integer> LEAST_UPLOAD = Setting.count(
            "upload", "leastKilobytesPerSecond", 50, "while data waits, less than this counts as sending nothing");

    public static final Setting<Set<String>> MORE_URLS = Setting.names(
            "firewall",
            "urls",
            "further host names (or host:port) that Azure needs, such as the cache storage account");
    public static final Setting<Set<String>> OWN_ISSUERS =
            Setting.names("firewall", "trustedIssuers", "issuers of certificates that may stand in front of Azure");

    public static final Setting<Integer> RETRANSMIT_WARN = Setting.percent(
            "bandwidth", "retransmitWarn", 2, "TCP segments sent again, of all that were sent, that warn");
    public static final Setting<Integer> LINK_BUSY =
            Setting.percent("bandwidth", "linkBusy", 90, "a link that is used more than this is the bottleneck");

    private static final List<Setting<?>> ALL = List.of(
            PENDING_TOO_LONG,
            DELAYED_START_GRACE,
            DISABLED_ON_PURPOSE,
            OTHER_PRODUCTS,
            SAMPLE_WINDOW,
            CPU_WARN,
            CPU_FAIL,
            MEMORY_WARN,
            MEMORY_FAIL,
            CACHE_WARN,
            CACHE_FAIL,
            CACHE_THROTTLED,
            BACKLOG_WARN,
            BACKLOG_FAIL,
            BACKLOG_LEAST,
            LOG_RECENT,
            LOG_NOW,
            LOG_SILENT,
            OFFSET_WARN,
            OFFSET_FAIL,
            SYNC_AGE,
            MORE_EXCLUSIONS,
            THIRD_PARTY_VERIFIED,
            TRANSFER_TEST,
            CONNECT_SLOW,
            CHURN_WARN,
            LEAST_UPLOAD,
            MORE_URLS,
            OWN_ISSUERS,
            RETRANSMIT_WARN,
            LINK_BUSY);

    private PolicySettings() {}

    /** In the order of the policy file. */
    public static List<Setting<?>> all() {
        return ALL;
    }
}
