package dev.asrdoctor.report.json;

import dev.asrdoctor.connect.Examination;
import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Detail;
import dev.asrdoctor.connect.Examination.Result;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.model.Contract;
import dev.asrdoctor.text.Plain;
import dev.asrdoctor.text.Words;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** How connecting went, for programs (schemas/doctor-1.schema.json). */
public record ExaminationJson(List<Examination> examinations, RunInfo run) implements Contract {
    public static final String SCHEMA = "https://asrdoctor.dev/schemas/doctor-1.schema.json";

    @Override
    public void write(JsonGenerator json) {
        json.writeStartObject();
        JsonParts.run(json, SCHEMA, run);
        json.writeArrayPropertyStart("servers");
        for (Examination examination : examinations) {
            json.writeStartObject();
            json.writeStringProperty("server", examination.server().name());
            json.writeStringProperty("at", examination.at());
            json.writeBooleanProperty("connects", examination.connects());
            json.writeArrayPropertyStart("steps");
            examination.steps().forEach(step -> write(json, step));
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Result result) {
        json.writeStartObject();
        json.writeStringProperty("step", result.step().id());
        json.writeStringProperty("verdict", Words.word(result.verdict()));
        json.writeStringProperty("kind", result.kind());
        json.writeStringProperty("told", Plain.line(result.told()));
        json.writeObjectPropertyStart("details");
        for (Detail detail : result.details()) {
            json.writeStringProperty(detail.name(), Plain.line(detail.value()));
        }
        json.writeEndObject();
        json.writeArrayPropertyStart("actions");
        for (Action action : result.actions()) {
            json.writeStartObject();
            json.writeStringProperty("where", Words.word(action.where()));
            json.writeStringProperty("what", Plain.line(action.what()));
            json.writeArrayPropertyStart("lines");
            action.lines().forEach(line -> json.writeString(Plain.line(line)));
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
