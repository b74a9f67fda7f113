package dev.asrdoctor.report.json;

import dev.asrdoctor.report.model.Contract;
import dev.asrdoctor.store.Window;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Change windows with what is to be said of them now (schemas/change-list-1.schema.json). */
public record WindowsJson(List<Window> windows, Instant now, String toolVersion) implements Contract {
    private static final String LIST = "https://asrdoctor.dev/schemas/change-list-1.schema.json";

    @Override
    public void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("schema", LIST);
        json.writeNumberProperty("version", 1);
        json.writeStringProperty("toolVersion", toolVersion);
        json.writeArrayPropertyStart("windows");
        for (Window window : windows) {
            json.writeStartObject();
            json.writeStringProperty("change", window.id());
            json.writeStringProperty("state", window.state().word());
            json.writeBooleanProperty("expired", window.expired(now));
            json.writeStringProperty("openedAt", window.openedAt().toString());
            json.writeStringProperty("openedBy", window.openedBy());
            json.writeStringProperty("until", window.until().toString());
            JsonParts.texts(json, "servers", window.servers());
            JsonParts.textOrNull(
                    json,
                    "verdict",
                    window.lastVerified()
                            .map(Window.Verification::verdict)
                            .map(Enum::name)
                            .orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
