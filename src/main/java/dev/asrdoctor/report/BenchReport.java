package dev.asrdoctor.report;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.SafeJson;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

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

        double cpuMillisPerServer(int servers) {
            return cpu.toNanos() / 1e6 / servers;
        }

        double allocatedKiBPerServer(int servers) {
            return allocatedBytes / 1024.0 / servers;
        }

        double wallSeconds() {
            return wall.toNanos() / 1e9;
        }

        double firstResultSeconds() {
            return firstResult.toNanos() / 1e9;
        }
    }

    public void json(Appendable out) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(JsonReport.pretty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("servers", servers);
            json.writeNumberProperty("wallSeconds", rounded(rounds.getLast().wallSeconds()));
            json.writeObjectPropertyStart("controller");
            json.writeNumberProperty(
                    "cpuMillisPerServer", rounded(rounds.getLast().cpuMillisPerServer(servers)));
            if (peakResidentMiB.isPresent()) {
                json.writeNumberProperty("maxRssMiB", peakResidentMiB.getAsLong());
            } else {
                json.writeNullProperty("maxRssMiB");
            }
            json.writeNumberProperty("threads", peakThreads);
            json.writeEndObject();
            json.writeNumberProperty("concurrency", concurrency);
            json.writeNumberProperty("remoteSeconds", rounded(remoteTime.toMillis() / 1000.0));
            json.writeNumberProperty("healthy", rounds.getLast().healthy());
            json.writeArrayPropertyStart("rounds");
            for (Round round : rounds) {
                json.writeStartObject();
                json.writeNumberProperty("wallSeconds", rounded(round.wallSeconds()));
                json.writeNumberProperty("cpuMillisPerServer", rounded(round.cpuMillisPerServer(servers)));
                json.writeNumberProperty("allocatedKiBPerServer", rounded(round.allocatedKiBPerServer(servers)));
                json.writeNumberProperty("firstResultSeconds", rounded(round.firstResultSeconds()));
                json.writeNumberProperty("healthy", round.healthy());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.append(SafeJson.of(text.getBuffer())).append('\n');
    }

    public void text(Appendable out) throws IOException {
        out.append(String.format(
                Locale.ROOT,
                "%d servers, %.1f s of remote time each, %d at once\n",
                servers,
                remoteTime.toMillis() / 1000.0,
                concurrency));
        for (int i = 0; i < rounds.size(); i++) {
            Round round = rounds.get(i);
            out.append(String.format(
                    Locale.ROOT,
                    "round %d  %6.2f s wall  %6.2f ms of the controller's CPU a server  %5.0f KiB allocated  %d healthy  first after %.2f s\n",
                    i + 1,
                    round.wallSeconds(),
                    round.cpuMillisPerServer(servers),
                    round.allocatedKiBPerServer(servers),
                    round.healthy(),
                    round.firstResultSeconds()));
            for (Map.Entry<String, Long> other : round.others().entrySet()) {
                out.append("         not healthy: " + other.getKey() + " on " + other.getValue() + "\n");
            }
        }
        out.append(String.format(
                Locale.ROOT,
                "controller: %s peak memory, %d platform threads at most\n",
                peakResidentMiB.isPresent() ? peakResidentMiB.getAsLong() + " MiB" : "unknown",
                peakThreads));
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3f", value));
    }
}
