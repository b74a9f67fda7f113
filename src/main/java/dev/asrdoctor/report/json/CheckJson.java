package dev.asrdoctor.report.json;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.model.Contract;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** A check run (schemas/report-1.schema.json); a version never loses a member. */
public record CheckJson(List<ServerReport> servers, RunInfo run) implements Contract {
    public static final String SCHEMA = "https://asrdoctor.dev/schemas/report-1.schema.json";

    @Override
    public void write(JsonGenerator json) {
        json.writeStartObject();
        JsonParts.run(json, SCHEMA, run);
        json.writeObjectPropertyStart("summary");
        for (Status status : Status.values()) {
            json.writeNumberProperty(
                    status.name().toLowerCase(Locale.ROOT),
                    servers.stream().filter(s -> s.status() == status).count());
        }
        json.writeEndObject();
        json.writeArrayPropertyStart("servers");
        for (ServerReport server : servers) {
            server(json, server, run.planned());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void server(JsonGenerator json, ServerReport report, OpenWindows planned) {
        json.writeStartObject();
        json.writeStringProperty("name", report.server().name());
        json.writeStringProperty("status", report.status().name());
        json.writeStringProperty("deployment", report.server().deployment().id());
        if (report.server().site() != null) {
            json.writeStringProperty("site", report.server().site());
        }
        planned.of(report.server().name()).ifPresent(hold -> {
            json.writeObjectPropertyStart("plannedChange");
            json.writeStringProperty("change", hold.change());
            json.writeStringProperty("until", hold.until().toString());
            json.writeEndObject();
        });
        json.writeArrayPropertyStart("findings");
        report.findings().forEach(finding -> JsonParts.finding(json, finding));
        json.writeEndArray();
        json.writeEndObject();
    }
}
