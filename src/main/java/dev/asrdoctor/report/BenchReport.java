package dev.asrdoctor.report;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What checking a fleet has cost the controller.
 *
 * @param rounds the first is cold, the last warm
 * @param peakResidentMiB of the whole process over all rounds; empty where the system does not tell
 * @param peakThreads platform threads
 */
public record BenchReport(
        int servers,
        Duration remoteTime,
        int concurrency,
        List<Round> rounds,
        OptionalLong peakResidentMiB,
        int peakThreads) {

    /**
     * @param allocatedBytes of the heap, over all servers
     * @param firstResult from the beginning to the end of the first visit
     * @param healthy servers that were read and found healthy
     * @param others why the rest is not, with the number of servers, most first
     */
    public record Round(
            Duration wall,
            Duration cpu,
            long allocatedBytes,
            Duration firstResult,
            long healthy,
            Map<String, Long> others) {
        public static Round of(
                Duration wall, Duration cpu, long allocatedBytes, Duration firstResult, List<ServerReport> reports) {
            Map<String, Long> others = reports.stream()
                    .flatMap(report -> report.findings().stream()
                            .filter(Round::isWrong)
                            .map(finding -> finding.check() + " " + finding.status())
                            .distinct())
                    .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
            Map<String, Long> mostFirst = new LinkedHashMap<>();
            others.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .forEach(entry -> mostFirst.put(entry.getKey(), entry.getValue()));
            long healthy = reports.stream()
                    .filter(report -> report.status() == Status.PASS)
                    .count();
            return new Round(wall, cpu, allocatedBytes, firstResult, healthy, mostFirst);
        }

        private static boolean isWrong(Finding finding) {
            return switch (finding.status()) {
                case FAIL, WARN, UNKNOWN -> true;
                case PASS, SKIPPED, WAIVED -> false;
            };
        }

        public double cpuMillisPerServer(int servers) {
            return cpu.toNanos() / 1e6 / servers;
        }

        public double allocatedKiBPerServer(int servers) {
            return allocatedBytes / 1024.0 / servers;
        }

        public double wallSeconds() {
            return wall.toNanos() / 1e9;
        }

        public double firstResultSeconds() {
            return firstResult.toNanos() / 1e9;
        }
    }
}
