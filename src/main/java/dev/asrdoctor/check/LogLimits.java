package dev.asrdoctor.check;

import dev.asrdoctor.policy.Setting;
import java.time.Duration;

/** Ages of lines in logs that checks of several areas judge by. */
final class LogLimits {
    static final Setting<Duration> LOG_RECENT =
            Setting.time("logs", "recent", Duration.ofHours(24), "errors in logs that are older than this are past");
    static final Setting<Duration> LOG_NOW =
            Setting.time("logs", "now", Duration.ofHours(1), "failures in logs that are younger than this go on now");
    static final Setting<Duration> LOG_SILENT = Setting.time(
            "logs", "silent", Duration.ofHours(1), "a log of a running service without a line for longer is silent");
    static final Setting<Duration> AGENT_SILENT = Setting.time(
            "logs",
            "agentSilent",
            Duration.ofHours(2),
            "the log of a running mobility agent without a line for longer is silent");

    private LogLimits() {}
}
