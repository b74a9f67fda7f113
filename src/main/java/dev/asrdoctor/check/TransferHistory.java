package dev.asrdoctor.check;

import dev.asrdoctor.check.LogErrors.Told;
import dev.asrdoctor.facts.LogFacts;
import dev.asrdoctor.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What recent entries of transfers' logs tell, weighed against what went through later (docs/facts.md, "Logs").
 *
 * @param lasting failures of transfers that nothing has made good
 * @param ofConfigurationServer of the way to the configuration server
 * @param unrelated errors that are not about data
 * @param passed how many failures have passed
 */
record TransferHistory(List<Told> lasting, List<Told> ofConfigurationServer, List<Told> unrelated, long passed) {
    private static final int FROM = 3;
    private static final int FILE = 4;

    private record Failure(Told told, TransferEntry entry) {}

    private record Success(Instant at, String from, String file) {}

    static TransferHistory of(List<LogFacts> logs, LogLines lines, Policy policy) {
        Duration window = policy.get(LogLimits.LOG_NOW);
        List<Failure> failures = new ArrayList<>();
        List<Success> successes = new ArrayList<>();
        for (LogFacts log : logs) {
            for (String entry : log.matches()) {
                Instant at = lines.time(entry).orElse(log.modifiedAt());
                if (lines.recent(entry, log, policy.get(LogLimits.LOG_RECENT))) {
                    TransferEntry.of(log, entry)
                            .ifPresent(known -> failures.add(
                                    new Failure(new Told(log, entry, known.reason(), known.retry(), at), known)));
                }
            }
            for (String entry : log.successes()) {
                String[] columns = entry.split("\t", -1);
                boolean transfer = columns.length > FILE;
                lines.time(entry)
                        .ifPresent(at -> successes.add(
                                new Success(at, transfer ? columns[FROM] : "", transfer ? columns[FILE] : "")));
            }
        }
        List<Failure> lasting = failures.stream()
                .filter(failure -> !passed(failure, failures, successes, lines, window))
                .toList();
        List<Told> counted =
                LogErrors.counted(lasting.stream().map(Failure::told).toList(), lines, window);
        return new TransferHistory(
                counted.stream()
                        .filter(told -> !told.reason().equals(TransferEntry.UNRELATED)
                                && !told.reason().equals(TransferEntry.CONFIGURATION_SERVER))
                        .toList(),
                only(counted, TransferEntry.CONFIGURATION_SERVER),
                only(counted, TransferEntry.UNRELATED),
                failures.size() - counted.size());
    }

    private static List<Told> only(List<Told> told, String reason) {
        return told.stream().filter(one -> one.reason().equals(reason)).toList();
    }

    /**
     * By the same file, or where it is nothing special by the same address, or by any where no address is told; whoever
     * fails several times and gets other files through is not made good.
     */
    private static boolean passed(
            Failure failure, List<Failure> all, List<Success> successes, LogLines lines, Duration window) {
        TransferEntry entry = failure.entry();
        List<Success> later = successes.stream()
                .filter(success -> success.at().isAfter(failure.told().at()))
                .toList();
        long alike = all.stream()
                .filter(other -> other.entry().from().equals(entry.from())
                        && other.entry().reason().equals(entry.reason())
                        && lines.age(other.told().at()).compareTo(window) <= 0)
                .count();
        if (entry.stranger() && alike < LogErrors.SEVERAL) {
            return true;
        }
        if (!entry.file().isEmpty()) {
            return later.stream().anyMatch(success -> success.file().equals(entry.file()))
                    || (alike < LogErrors.SEVERAL
                            && later.stream().anyMatch(success -> success.from().equals(entry.from())));
        }
        if (later.stream()
                .anyMatch(success ->
                        !success.file().isEmpty() && failure.told().entry().contains(success.file()))) {
            return true;
        }
        return !entry.special()
                && later.stream()
                        .anyMatch(success -> entry.from().isEmpty()
                                || success.from().isEmpty()
                                || success.from().equals(entry.from()));
    }
}
