package dev.asrdoctor.report;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.Hit;
import dev.asrdoctor.facts.SafeJson;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** Root causes for programs (schemas/diagnosis-1.schema.json), the most important first. */
public final class DiagnosisJson {
    public static final String SCHEMA = "https://asrdoctor.dev/schemas/diagnosis-1.schema.json";

    private DiagnosisJson() {}

    public static void write(Diagnosis diagnosis, RunInfo run, Appendable out) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(JsonReport.pretty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA);
            json.writeStringProperty("toolVersion", run.toolVersion());
            json.writeStringProperty("startedAt", run.startedAt().toString());
            json.writeStringProperty("finishedAt", run.finishedAt().toString());
            json.writeNumberProperty("servers", diagnosis.servers());
            json.writeArrayPropertyStart("causes");
            for (Diagnosis.Named cause : diagnosis.causes()) {
                write(json, cause, run.planned());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.append(SafeJson.of(text.getBuffer())).append('\n');
    }

    private static void write(JsonGenerator json, Diagnosis.Named cause, OpenWindows planned) {
        json.writeStartObject();
        json.writeStringProperty("cause", cause.cause());
        json.writeStringProperty("title", cause.title());
        json.writeStringProperty("kind", cause.kind().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("confidence", cause.confidence());
        texts(json, "at", cause.at());
        texts(json, "servers", cause.servers());
        json.writeNumberProperty("machines", cause.machines());
        json.writeArrayPropertyStart("plannedChanges");
        for (String server : cause.at()) {
            planned.of(server).ifPresent(hold -> {
                json.writeStartObject();
                json.writeStringProperty("server", server);
                json.writeStringProperty("change", hold.change());
                json.writeStringProperty("until", hold.until().toString());
                json.writeEndObject();
            });
        }
        json.writeEndArray();
        texts(
                json,
                "explains",
                cause.explains().stream()
                        .map(hit -> hit.finding().check())
                        .distinct()
                        .sorted()
                        .toList());
        hits(json, "explainedFindings", cause.explains());
        hits(json, "evidence", cause.evidence());
        hits(json, "doubts", cause.doubts());
        json.writeStringProperty("nextAction", cause.nextAction());
        Diagnosis.Undecided undecided = cause.undecided();
        if (undecided == null) {
            json.writeNullProperty("undecided");
        } else {
            json.writeObjectPropertyStart("undecided");
            texts(json, "with", undecided.with());
            json.writeStringProperty("decide", undecided.decide());
            json.writeEndObject();
        }
        Diagnosis.Shared shared = cause.shared();
        if (shared == null) {
            json.writeNullProperty("shared");
        } else {
            json.writeObjectPropertyStart("shared");
            json.writeStringProperty("attribute", shared.attribute());
            json.writeStringProperty("value", shared.value());
            json.writeNumberProperty("having", shared.having());
            json.writeNumberProperty("spared", shared.spared());
            json.writeEndObject();
        }
        if (cause.since() == null) {
            json.writeNullProperty("since");
        } else {
            json.writeStringProperty("since", cause.since().toString());
        }
        if (cause.remedy() == null) {
            json.writeNullProperty("remedy");
        } else {
            json.writeStringProperty("remedy", cause.remedy());
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private static void hits(JsonGenerator json, String name, List<Hit> hits) {
        json.writeArrayPropertyStart(name);
        for (Hit hit : hits) {
            json.writeStartObject();
            json.writeStringProperty("server", hit.patient().name());
            json.writeStringProperty("check", hit.finding().check());
            json.writeStringProperty("subject", hit.finding().subject());
            json.writeStringProperty("status", hit.finding().status().name());
            json.writeStringProperty("title", hit.finding().title());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
