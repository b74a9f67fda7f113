package dev.asrdoctor.report.json;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.Hit;
import dev.asrdoctor.diagnosis.Unread;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.model.Contract;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Root causes for programs (schemas/diagnosis-1.schema.json), the most important first. */
public record DiagnosisJson(Diagnosis diagnosis, RunInfo run) implements Contract {
    public static final String SCHEMA = "https://asrdoctor.dev/schemas/diagnosis-1.schema.json";

    @Override
    public void write(JsonGenerator json) {
        json.writeStartObject();
        JsonParts.run(json, SCHEMA, run);
        json.writeNumberProperty("servers", diagnosis.servers());
        json.writeArrayPropertyStart("causes");
        for (Diagnosis.Named cause : diagnosis.causes()) {
            write(json, cause, run.planned());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Diagnosis.Named cause, OpenWindows planned) {
        json.writeStartObject();
        json.writeStringProperty("cause", cause.cause());
        json.writeStringProperty("title", cause.title());
        json.writeStringProperty("kind", cause.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("level", Words.word(cause.level()));
        json.writeNumberProperty("confidence", cause.confidence());
        JsonParts.texts(json, "at", cause.at());
        JsonParts.texts(json, "servers", cause.servers());
        json.writeNumberProperty("machines", cause.machines());
        planned(json, cause.at(), planned);
        JsonParts.texts(
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
        undecided(json, cause.undecided());
        shared(json, cause.shared());
        JsonParts.textOrNull(
                json, "since", cause.since() == null ? null : cause.since().toString());
        JsonParts.texts(json, "before", cause.before());
        JsonParts.texts(json, "through", cause.through());
        json.writeArrayPropertyStart("unread");
        for (Unread unread : cause.unsettled()) {
            json.writeStartObject();
            json.writeStringProperty("server", unread.server());
            json.writeStringProperty("check", unread.check());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("ruledOut");
        cause.ruledOut().forEach((check, causes) -> JsonParts.texts(json, check, causes));
        json.writeEndObject();
        JsonParts.textOrNull(json, "remedy", cause.remedy());
        json.writeEndObject();
    }

    private static void planned(JsonGenerator json, List<String> servers, OpenWindows planned) {
        json.writeArrayPropertyStart("plannedChanges");
        for (String server : servers) {
            planned.of(server).ifPresent(hold -> {
                json.writeStartObject();
                json.writeStringProperty("server", server);
                json.writeStringProperty("change", hold.change());
                json.writeStringProperty("until", hold.until().toString());
                json.writeEndObject();
            });
        }
        json.writeEndArray();
    }

    private static void undecided(JsonGenerator json, Diagnosis.@Nullable Undecided undecided) {
        if (undecided == null) {
            json.writeNullProperty("undecided");
        } else {
            json.writeObjectPropertyStart("undecided");
            JsonParts.texts(json, "with", undecided.with());
            json.writeStringProperty("decide", undecided.decide());
            json.writeEndObject();
        }
    }

    private static void shared(JsonGenerator json, Diagnosis.@Nullable Shared shared) {
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
