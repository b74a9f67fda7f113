package dev.asrdoctor.report.json;

import dev.asrdoctor.report.BenchReport;
import dev.asrdoctor.report.BenchReport.Round;
import dev.asrdoctor.report.model.Contract;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What a check of many servers has cost; programs that compare runs read it. */
public record BenchJson(BenchReport bench) implements Contract {
    @Override
    public void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("servers", bench.servers());
        json.writeNumberProperty("wallSeconds", rounded(bench.rounds().getLast().wallSeconds()));
        json.writeObjectPropertyStart("controller");
        json.writeNumberProperty(
                "cpuMillisPerServer", rounded(bench.rounds().getLast().cpuMillisPerServer(bench.servers())));
        if (bench.peakResidentMiB().isPresent()) {
            json.writeNumberProperty("maxRssMiB", bench.peakResidentMiB().getAsLong());
        } else {
            json.writeNullProperty("maxRssMiB");
        }
        json.writeNumberProperty("threads", bench.peakThreads());
        json.writeEndObject();
        json.writeNumberProperty("concurrency", bench.concurrency());
        json.writeNumberProperty("remoteSeconds", rounded(bench.remoteTime().toMillis() / 1000.0));
        json.writeNumberProperty("healthy", bench.rounds().getLast().healthy());
        json.writeArrayPropertyStart("rounds");
        for (Round round : bench.rounds()) {
            json.writeStartObject();
            json.writeNumberProperty("wallSeconds", rounded(round.wallSeconds()));
            json.writeNumberProperty("cpuMillisPerServer", rounded(round.cpuMillisPerServer(bench.servers())));
            json.writeNumberProperty("allocatedKiBPerServer", rounded(round.allocatedKiBPerServer(bench.servers())));
            json.writeNumberProperty("firstResultSeconds", rounded(round.firstResultSeconds()));
            json.writeNumberProperty("healthy", round.healthy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3f", value));
    }
}
