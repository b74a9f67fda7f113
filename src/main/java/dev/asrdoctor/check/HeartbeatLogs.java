package dev.asrdoctor.check;

import dev.asrdoctor.check.LogErrors.Told;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HeartbeatFacts;
import dev.asrdoctor.facts.LogFacts;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The heartbeat's logs tell no errors and are alive (article step 3; docs/facts.md, "Heartbeat"). */
final class HeartbeatLogs extends AreaCheck<HeartbeatFacts> {
    private static final List<String> WORKERS = List.of("eventmanager", "monitor_protection", "tmansvc");

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
                        "Read the lines first: where they name a connection or TLS, look at heartbeat.connection and"
                                + " transport.certificate, since a restart does not help. Only where the logs are silent, no line gives a"
                                + " reason and the configuration server answers, restart tmansvc.",
                        List.of(LogLimits.LOG_RECENT, LogLimits.LOG_NOW, LogLimits.LOG_SILENT)));
    }

    @Override
    List<Finding> judge(HeartbeatFacts heartbeat, Context context) {
        LogLines lines = LogLines.of(context.facts());
        List<Finding> findings = new ArrayList<>();
        List<Told> told = new ArrayList<>();
        heartbeat.logs().forEach(log -> told.addAll(lasting(log, lines, context)));
        LogErrors errors = LogErrors.of(told, lines);
        if (!errors.none()) {
            boolean now = errors.within(lines, context.get(LogLimits.LOG_NOW))
                    || heartbeat.logs().stream().anyMatch(log -> isLastWord(log, told, heartbeat.logs()));
            findings.add(erroneous(errors, now, lines));
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
        silent(heartbeat.logs(), errors, lines, context).ifPresent(findings::add);
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

    private Finding erroneous(LogErrors errors, boolean now, LogLines lines) {
        return errors.addTo(finding("errors"))
                .evidence("now", now)
                .is(
                        Status.WARN,
                        now ? Severity.MEDIUM : Severity.LOW,
                        Words.count(errors.count(), "error") + " in the heartbeat's logs, the last "
                                + ago(errors.last(), lines),
                        "Read the lines (--verbose shows them). Where they name a connection or TLS, look at"
                                + " heartbeat.connection and transport.certificate; a restart does not help there.");
    }

    private Optional<Finding> silent(List<LogFacts> logs, LogErrors errors, LogLines lines, Context context) {
        Optional<LogFacts> newest = logs.stream().max(Comparator.comparing(LogFacts::modifiedAt));
        if (newest.isEmpty()) {
            return Optional.of(
                    finding("missing")
                            .is(
                                    Status.UNKNOWN,
                                    Severity.LOW,
                                    "none of the heartbeat's logs was found",
                                    "Look for eventmanager*.log under the installation's home\\svsystems, or in its var folder."));
        }
        Duration age = lines.age(newest.get().modifiedAt());
        // A folder that may not be listed may hold a newer one.
        if (LogErrors.unlisted(logs) || age.compareTo(context.get(LogLimits.LOG_SILENT)) <= 0) {
            return Optional.empty();
        }
        return Optional.of(finding("silent")
                .evidence("log", newest.get().name())
                .evidence("silentMinutes", age.toMinutes())
                .is(
                        Status.WARN,
                        Severity.MEDIUM,
                        "the heartbeat's logs have been silent for " + Words.duration(age),
                        errors.none()
                                ? "Where heartbeat.connection is in order, restart tmansvc (Restart-Service tmansvc) and look"
                                        + " whether the logs grow."
                                : "Follow the reason that their last errors give; restart nothing before."));
    }

    /** Recent errors of a log after which its worker has not got through. */
    private static List<Told> lasting(LogFacts log, LogLines lines, Context context) {
        Optional<Instant> good = log.successes().stream()
                .filter(line -> HeartbeatEntry.of(line).isEmpty())
                .map(lines::time)
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
        List<Told> told = new ArrayList<>();
        for (String line : log.matches()) {
            if (lines.recent(line, log, context.get(LogLimits.LOG_RECENT))) {
                HeartbeatEntry.of(line)
                        .ifPresent(entry -> told.add(new Told(
                                log,
                                line,
                                entry.reason(),
                                entry.retry(),
                                lines.time(line).orElse(log.modifiedAt()))));
            }
        }
        Instant last = told.stream().map(Told::at).max(Instant::compareTo).orElse(Instant.MIN);
        return good.isPresent() && good.get().isAfter(last)
                ? List.of()
                : LogErrors.counted(told, lines, context.get(LogLimits.LOG_NOW));
    }

    /** Whether a worker's newest log ends with an error: what it says has not been taken back, however long ago it was. */
    private static boolean isLastWord(LogFacts log, List<Told> told, List<LogFacts> logs) {
        String last = log.lastLine();
        return last != null
                && HeartbeatEntry.of(last).isPresent()
                && told.stream()
                        .anyMatch(one -> one.log().equals(log) && one.entry().equals(last))
                && logs.stream()
                        .filter(other -> worker(other).equals(worker(log)))
                        .noneMatch(other -> other.modifiedAt().isAfter(log.modifiedAt()));
    }

    private static String worker(LogFacts log) {
        String path = log.path().toLowerCase(Locale.ROOT);
        return WORKERS.stream().filter(path::contains).findFirst().orElse(path);
    }

    static String ago(@Nullable Instant moment, LogLines lines) {
        return moment == null ? "at a time not told" : Words.duration(lines.age(moment)) + " ago";
    }
}
