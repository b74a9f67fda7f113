package dev.asrdoctor.report.json;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.report.RunInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What stands in several contracts alike. */
final class JsonParts {
    private JsonParts() {}

    /** @param schema its address, whose number tells the version */
    static void run(JsonGenerator json, String schema, RunInfo run) {
        json.writeStringProperty("schema", schema);
        json.writeStringProperty("toolVersion", run.toolVersion());
        json.writeStringProperty("startedAt", run.startedAt().toString());
        json.writeStringProperty("finishedAt", run.finishedAt().toString());
    }

    static void textOrNull(JsonGenerator json, String name, @Nullable String text) {
        if (text == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, text);
        }
    }

    static void texts(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    static void finding(JsonGenerator json, Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("check", finding.check());
        json.writeStringProperty("step", finding.step());
        json.writeStringProperty("subject", finding.subject());
        json.writeStringProperty("status", finding.status().name());
        json.writeStringProperty("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("title", finding.title());
        json.writeObjectPropertyStart("evidence");
        for (Map.Entry<String, Object> entry : finding.evidence().entrySet()) {
            json.writeName(entry.getKey());
            value(json, entry.getValue());
        }
        json.writeEndObject();
        textOrNull(json, "nextAction", finding.nextAction());
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> value(json, item));
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }
}
