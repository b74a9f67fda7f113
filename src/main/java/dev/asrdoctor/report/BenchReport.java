package dev.asrdoctor.report;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
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

    /** @param healthy servers that were read and found healthy */
    public record Round(Duration wall, Duration cpu, long healthy) {
        double cpuMillisPerServer(int servers) {
            return cpu.toNanos() / 1e6 / servers;
        }

        double wallSeconds() {
            return wall.toNanos() / 1e9;
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
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.append(text.getBuffer()).append('\n');
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
                    "round %d  %6.2f s wall  %6.2f ms of the controller's CPU a server  %d healthy\n",
                    i + 1,
                    round.wallSeconds(),
                    round.cpuMillisPerServer(servers),
                    round.healthy()));
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
