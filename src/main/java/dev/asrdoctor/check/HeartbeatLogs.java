package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HeartbeatFacts;
import dev.asrdoctor.facts.LogFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The heartbeat's logs tell no errors and are alive (article step 3; docs/facts.md, "Heartbeat"). */
final class HeartbeatLogs extends AreaCheck<HeartbeatFacts> {
    /** A line that counts none of them, or names success, is no error. */
    private static final Pattern NONE = Pattern.compile(
            "(?i)\\b(no|0|zero|without|any) (error|exception|failure)s?\\b|\\b(error|exception|failure|failed)s?"
                    + "(_?code| count)?\\s*[:=]\\s*(0x)?0\\b|\\b0 failed\\b");

    HeartbeatLogs() {
        super(
                FactArea.HEARTBEAT,
                new About(
                        "heartbeat.logs",
                        "The heartbeat's logs tell no errors",
                        3,
                        List.of(FactArea.HEARTBEAT, FactArea.HOST, FactArea.SERVICES),
                        Profile.FULL,
                        About.PROCESS_SERVERS,
                        "The workers of tmansvc send the heartbeat. What stops them stands in eventmanager*.log and"
                                + " monitor_protection*.log; when they hang, these fall silent.",
                        "Read the lines. When they name a connection, look at heartbeat.connection; when the logs are silent while"
                                + " tmansvc runs, restart tmansvc.",
                        List.of(PolicySettings.LOG_RECENT, PolicySettings.LOG_NOW, PolicySettings.LOG_SILENT)));
    }

    @Override
    List<Finding> judge(HeartbeatFacts heartbeat, Context context) {
        LogLines lines = LogLines.of(context.facts());
        List<Finding> findings = new ArrayList<>();
        LogErrors errors = LogErrors.of(
                heartbeat.logs(), lines, context.get(PolicySettings.LOG_RECENT), HeartbeatLogs::tellsError);
        if (!errors.none()) {
            boolean now = errors.within(lines, context.get(PolicySettings.LOG_NOW));
            findings.add(errors.addTo(finding("errors"))
                    .evidence("now", now)
                    .is(
                            Status.WARN,
                            now ? Severity.MEDIUM : Severity.LOW,
                            Words.count(errors.count(), "error") + " in the heartbeat's logs, the last "
                                    + ago(errors.last(), lines),
                            about().fix()));
        }
        List<String> unreadable = LogErrors.unreadable(heartbeat.logs());
        if (!unreadable.isEmpty()) {
            findings.add(finding("unreadable")
                    .evidence("logs", unreadable)
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "logs of the heartbeat could not be read: " + String.join(", ", unreadable),
                            "Check that the account may read them."));
        }
        Optional<LogFacts> newest = heartbeat.logs().stream().max(Comparator.comparing(LogFacts::modifiedAt));
        if (newest.isEmpty()) {
            findings.add(
                    finding("missing")
                            .is(
                                    Status.UNKNOWN,
                                    Severity.LOW,
                                    "none of the heartbeat's logs was found",
                                    "Look for eventmanager*.log under the installation's home\\svsystems, or in its var folder."));
        } else {
            Duration age = lines.age(newest.get().modifiedAt());
            if (age.compareTo(context.get(PolicySettings.LOG_SILENT)) > 0) {
                findings.add(finding("silent")
                        .evidence("log", newest.get().name())
                        .evidence("silentMinutes", age.toMinutes())
                        .is(
                                Status.WARN,
                                Severity.MEDIUM,
                                "the heartbeat's logs have been silent for " + Words.duration(age),
                                about().fix()));
            }
        }
        return findings.isEmpty()
                ? pass(
                        finding("")
                                .evidence(
                                        "logs",
                                        heartbeat.logs().stream()
                                                .map(LogFacts::name)
                                                .toList()),
                        "the heartbeat's logs are alive and tell no errors")
                : findings;
    }

    static boolean tellsError(String line) {
        return !NONE.matcher(line).find();
    }

    static String ago(@org.jspecify.annotations.Nullable Instant moment, LogLines lines) {
        return moment == null ? "at a time not told" : Words.duration(lines.age(moment)) + " ago";
    }
}
