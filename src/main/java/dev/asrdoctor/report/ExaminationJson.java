package dev.asrdoctor.report;

import dev.asrdoctor.connect.Examination;
import dev.asrdoctor.connect.Examination.Action;
import dev.asrdoctor.connect.Examination.Detail;
import dev.asrdoctor.connect.Examination.Result;
import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** How connecting went, for programs (schemas/doctor-1.schema.json). */
public final class ExaminationJson {
    public static final String SCHEMA = "https://asrdoctor.dev/schemas/doctor-1.schema.json";

    private ExaminationJson() {}

    public static void write(List<Examination> examinations, RunInfo run, Appendable out) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(JsonReport.pretty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA);
            json.writeStringProperty("toolVersion", run.toolVersion());
            json.writeStringProperty("startedAt", run.startedAt().toString());
            json.writeStringProperty("finishedAt", run.finishedAt().toString());
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
        out.append(SafeJson.of(text.getBuffer())).append('\n');
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
