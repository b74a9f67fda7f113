package dev.asrdoctor.check;

import dev.asrdoctor.facts.LogFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of logs that tell a failure, with when the last one was written. */
record LogErrors(long count, @Nullable Instant last, List<String> texts, List<String> files, List<String> reasons) {
    /** As many announced tries are a failure. */
    static final int SEVERAL = 3;

    private static final int SHOWN = 3;

    /**
     * An entry that tells a failure.
     *
     * @param reason a word for why, so that nothing is searched for in what is shown
     * @param at when it was written; where it does not tell, when the log was
     */
    record Told(LogFacts log, String entry, String reason, Retry retry, Instant at) {}

    /** Without early tries, and without such as announce another, unless they are several within a time. */
    static List<Told> counted(List<Told> told, LogLines lines, Duration window) {
        long announced = told.stream()
                .filter(one -> one.retry() == Retry.ANNOUNCED)
                .filter(one -> lines.age(one.at()).compareTo(window) <= 0)
                .count();
        return told.stream()
                .filter(one -> one.retry() == Retry.NONE || (one.retry() == Retry.ANNOUNCED && announced >= SEVERAL))
                .toList();
    }

    static LogErrors of(List<Told> told, LogLines lines) {
        long count = 0;
        for (LogFacts log : told.stream().map(Told::log).distinct().toList()) {
            List<Told> ofLog =
                    told.stream().filter(one -> one.log().equals(log)).toList();
            // Only the last entries were brought; when all of them tell, so may those that were only counted.
            count += ofLog.size() == log.matches().size() ? log.matched() : ofLog.size();
        }
        List<Told> newestFirst =
                told.stream().sorted(Comparator.comparing(Told::at).reversed()).toList();
        List<String> texts = new ArrayList<>();
        for (Told one : newestFirst) {
            String text = lines.text(one.entry(), one.log().encoding());
            if (texts.size() < SHOWN && !texts.contains(text)) {
                texts.add(text);
            }
        }
        return new LogErrors(
                count,
                newestFirst.isEmpty() ? null : newestFirst.getFirst().at(),
                texts,
                told.stream().map(one -> one.log().name()).distinct().toList(),
                newestFirst.stream().map(Told::reason).distinct().toList());
    }

    /** Whether the last of them is younger than a time; one whose time is not told counts by its file's. */
    boolean within(LogLines lines, Duration time) {
        return last != null && lines.age(last).compareTo(time) <= 0;
    }

    boolean none() {
        return count == 0;
    }

    FindingBuilder addTo(FindingBuilder finding) {
        return finding.evidence("errors", count)
                .evidence("lastError", last == null ? null : last.toString())
                .evidence("reasons", reasons)
                .evidence("logs", files)
                .evidence("lines", texts);
    }

    /** Whether a folder could not be listed, which may hold newer logs: its entry bears no time. */
    static boolean unlisted(List<LogFacts> logs) {
        return logs.stream().anyMatch(log -> log.modifiedAt().equals(Instant.EPOCH));
    }

    /** Logs that could not be read, each with why. */
    static List<String> unreadable(List<LogFacts> logs) {
        return logs.stream()
                .filter(log -> log.error() != null)
                .map(log -> log.name() + ": " + log.error())
                .toList();
    }
}
