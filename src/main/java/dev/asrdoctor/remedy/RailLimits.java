package dev.asrdoctor.remedy;

import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.policy.TimeWindow;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Limits of the guard rails (docs/remediation.md). */
public final class RailLimits {
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

    static final List<Setting<?>> ALL = List.of(
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
            HUMAN_STOP);

    private RailLimits() {}
}
