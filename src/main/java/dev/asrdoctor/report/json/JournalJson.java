package dev.asrdoctor.report.json;

import dev.asrdoctor.report.model.Contract;
import dev.asrdoctor.store.Attempt;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What the journal tells: an array of attempts. */
public record JournalJson(List<Attempt> attempts) implements Contract {
    @Override
    public void write(JsonGenerator json) {
        json.writeStartArray();
        for (Attempt attempt : attempts) {
            json.writeStartObject();
            json.writeStringProperty("attempt", attempt.id());
            json.writeStringProperty("at", attempt.at().toString());
            json.writeStringProperty("by", attempt.by());
            json.writeStringProperty("server", attempt.server());
            json.writeArrayPropertyStart("services");
            attempt.services().forEach(json::writeString);
            json.writeEndArray();
            json.writeBooleanProperty("ended", attempt.ended());
            json.writeObjectPropertyStart("results");
            attempt.results().forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
