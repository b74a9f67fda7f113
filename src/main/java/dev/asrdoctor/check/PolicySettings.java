package dev.asrdoctor.check;

import dev.asrdoctor.facts.StartType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    public static final Setting<Duration> AGENT_SILENT = Setting.time(
            "logs",
            "agentSilent",
            Duration.ofHours(2),
            "the log of a running mobility agent without a line for longer is silent");

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

    public static final Setting<Duration> CERTIFICATE_WARN = Setting.time(
            "transport", "certificateWarn", Duration.ofDays(60), "a certificate that ends within this time warns");

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

    public static final Setting<Integer> HEALED_AT_ONCE =
            Setting.count("guardRails", "atOnce", 2, "servers that are healed at the same time");
    public static final Setting<Integer> HEALED_SERVERS =
            Setting.count("guardRails", "servers", 10, "servers that one run heals at most");
    public static final Setting<Integer> HEALED_OF_FLEET = Setting.percent(
            "guardRails", "fleetPercent", 25, "of the whole fleet that one run heals at most, but always one server");
    public static final Setting<Integer> HEALED_OF_SITE = Setting.percent(
            "guardRails", "sitePercent", 50, "of a site that one run heals at most, but always one server");
    public static final Setting<Integer> HEALED_OF_DEPLOYMENT = Setting.percent(
            "guardRails", "deploymentPercent", 50, "of a deployment that one run heals at most, but always one server");
    public static final Setting<Integer> UNHEALTHY_STOPS = Setting.percent(
            "guardRails",
            "unhealthyPercent",
            50,
            "when more of at least five servers are down or unknown, nothing is done: it is not the servers");
    public static final Setting<Integer> FAILURES_STOP = Setting.count(
            "guardRails", "failuresInARow", 2, "so many servers in a row that were not healed stop the run");
    public static final Setting<Integer> RESTARTS = Setting.count(
            "guardRails", "restarts", 3, "starts of one service within restartWindow; then it needs a human");
    public static final Setting<Duration> RESTART_WINDOW = Setting.time(
            "guardRails", "restartWindow", Duration.ofHours(6), "the time in which starts of one service are counted");
    public static final Setting<Duration> BACK_OFF = Setting.time(
            "guardRails",
            "backOff",
            Duration.ofMinutes(15),
            "a start that failed is tried again after this time, then after twice, four times as long");
    public static final Setting<Duration> MINIMUM_UPTIME = Setting.time(
            "guardRails", "minimumUptime", Duration.ofMinutes(10), "a server that booted later is left alone");
    public static final Setting<List<TimeWindow>> ALLOWED = Setting.windows(
            "guardRails",
            "allowed",
            "times in which servers may be healed, such as 'mon-fri 22:00-05:00 Europe/Paris'");
    public static final Setting<List<TimeWindow>> BLACKOUTS = Setting.windows(
            "guardRails", "blackouts", "times in which nothing is healed, also '2026-12-20..2027-01-04 Europe/Paris'");
    public static final Setting<Set<String>> NOT_TOGETHER =
            Setting.names("guardRails", "notTogether", "servers, with blanks between, of which one run heals only one");
    public static final Setting<String> KILL_SWITCH = Setting.file(
            "guardRails", "killSwitch", "asrdoctor.stop", "while this file is there, nothing is changed anywhere");

    public static final Setting<Duration> SECOND_LOOK = Setting.time(
            "guardRails",
            "secondLook",
            Duration.ofMinutes(1),
            "what was healed is read once more after this time; what fell again counts as not healed; 0s: never");
    public static final Setting<Duration> HUMAN_STOP = Setting.time(
            "guardRails",
            "humanStop",
            Duration.ofHours(24),
            "a service that a person stopped more recently is left alone");

    public static final Setting<RemedyMode> START_SERVICES =
            Setting.mode("startServices", RemedyMode.APPLY, "start services that have stopped, resume paused ones");
    public static final Setting<RemedyMode> START_TYPES =
            Setting.mode("startTypes", RemedyMode.NEVER, "set required services that are Manual to startTypeWanted");
    public static final Setting<StartType> START_TYPE_WANTED = Setting.choice(
            "remedies",
            "startTypeWanted",
            "startType",
            Map.of("automatic", StartType.AUTOMATIC, "automatic-delayed", StartType.AUTOMATIC_DELAYED),
            StartType.AUTOMATIC_DELAYED,
            "automatic or automatic-delayed");
    public static final Setting<RemedyMode> RESYNC_TIME =
            Setting.mode("time", RemedyMode.NEVER, "ask Windows Time for the time where the clock is off");
    public static final Setting<RemedyMode> ALIGN_PROXY = Setting.mode(
            "proxy", RemedyMode.NEVER, "give the MARS agent and the product the same proxy, then restart obengine");
    public static final Setting<ProxySide> PROXY_RIGHT = Setting.choice(
            "remedies",
            "proxyRight",
            "proxySide",
            Map.of("product", ProxySide.PRODUCT, "mars", ProxySide.MARS),
            ProxySide.PRODUCT,
            "whose proxy is the right one: product (ProxySettings) or mars");
    public static final Setting<RemedyMode> EXCLUDE_FOLDERS =
            Setting.mode("exclusions", RemedyMode.NEVER, "add missing folders to Windows Defender's exclusions");
    public static final Setting<RemedyMode> RESTART_AGENT = Setting.mode(
            "restartAgent",
            RemedyMode.NEVER,
            "restart obengine where data waits, Azure answers, and it holds no connection");

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
            AGENT_SILENT,
            OFFSET_WARN,
            OFFSET_FAIL,
            SYNC_AGE,
            MORE_EXCLUSIONS,
            THIRD_PARTY_VERIFIED,
            TRANSFER_TEST,
            CONNECT_SLOW,
            CERTIFICATE_WARN,
            CHURN_WARN,
            LEAST_UPLOAD,
            MORE_URLS,
            OWN_ISSUERS,
            RETRANSMIT_WARN,
            LINK_BUSY,
            HEALED_AT_ONCE,
            HEALED_SERVERS,
            HEALED_OF_FLEET,
            HEALED_OF_SITE,
            HEALED_OF_DEPLOYMENT,
            UNHEALTHY_STOPS,
            FAILURES_STOP,
            RESTARTS,
            RESTART_WINDOW,
            BACK_OFF,
            MINIMUM_UPTIME,
            ALLOWED,
            BLACKOUTS,
            NOT_TOGETHER,
            KILL_SWITCH,
            SECOND_LOOK,
            HUMAN_STOP,
            START_SERVICES,
            START_TYPES,
            START_TYPE_WANTED,
            RESYNC_TIME,
            ALIGN_PROXY,
            PROXY_RIGHT,
            EXCLUDE_FOLDERS,
            RESTART_AGENT);

    private PolicySettings() {}

    /** In the order of the policy file. */
    public static List<Setting<?>> all() {
        return ALL;
    }
}
