package dev.asrdoctor.report.json;

import dev.asrdoctor.change.Comparison;
import dev.asrdoctor.change.Difference;
import dev.asrdoctor.report.model.Contract;
import tools.jackson.core.JsonGenerator;

/**
 * What differs between two sets of facts (schemas/diff-1.schema.json).
 *
 * @param before fingerprint of the one folder, and {@code after} of the other
 */
public record DifferencesJson(Comparison comparison, String before, String after, String toolVersion)
        implements Contract {
    private static final String DIFF = "https://asrdoctor.dev/schemas/diff-1.schema.json";

    @Override
    public void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("schema", DIFF);
        json.writeNumberProperty("version", 1);
        json.writeStringProperty("toolVersion", toolVersion);
        json.writeStringProperty("before", before);
        json.writeStringProperty("after", after);
        json.writeNumberProperty("values", comparison.values());
        json.writeArrayPropertyStart("differences");
        for (Difference difference : comparison.differences()) {
            json.writeStartObject();
            json.writeStringProperty("server", difference.server());
            difference(json, difference);
            json.writeEndObject();
        }
        json.writeEndArray();
        JsonParts.texts(json, "notCompared", comparison.notCompared());
        json.writeEndObject();
    }

    static void difference(JsonGenerator json, Difference difference) {
        json.writeStringProperty("path", difference.path());
        json.writeStringProperty("kind", difference.kind());
        JsonParts.textOrNull(json, "before", difference.before());
        JsonParts.textOrNull(json, "after", difference.after());
    }
}
