package dev.asrdoctor.check;

import dev.asrdoctor.facts.LogFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Recent lines of logs that tell a failure, with when the last one was written. */
record LogErrors(long count, @Nullable Instant last, List<String> texts, List<String> files) {
    private static final int SHOWN = 3;

    static LogErrors of(List<LogFacts> logs, LogLines lines, Duration recent, Predicate<String> failure) {
        long count = 0;
        Instant last = null;
        List<String> texts = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (LogFacts log : logs) {
            List<String> told = log.matches().stream()
                    .filter(failure)
                    .filter(line -> lines.recent(line, log, recent))
                    .toList();
            if (told.isEmpty()) {
                continue;
            }
            // Only the last lines were brought; when all of them tell, so may those that were only counted.
            count += told.size() == log.matches().size() ? log.matched() : told.size();
            files.add(log.name());
            Optional<Instant> newest = told.reversed().stream()
                    .map(lines::time)
                    .flatMap(Optional::stream)
                    .findFirst();
            Instant at = newest.orElse(log.modifiedAt());
            last = last == null || at.isAfter(last) ? at : last;
            told.reversed().stream()
                    .limit(SHOWN)
                    .map(line -> lines.text(line, log.encoding()))
                    .forEach(texts::add);
        }
        return new LogErrors(count, last, texts.subList(0, Math.min(SHOWN, texts.size())), files);
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
                .evidence("logs", files)
                .evidence("lines", texts);
    }

    static Predicate<String> containing(String... words) {
        return line -> {
            String lower = line.toLowerCase(Locale.ROOT);
            for (String word : words) {
                if (lower.contains(word)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Logs that could not be read, each with why. */
    static List<String> unreadable(List<LogFacts> logs) {
        return logs.stream()
                .filter(log -> log.error() != null)
                .map(log -> log.name() + ": " + log.error())
                .toList();
    }
}
