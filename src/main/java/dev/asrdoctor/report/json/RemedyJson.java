package dev.asrdoctor.report.json;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.remedy.HeldBack;
import dev.asrdoctor.remedy.ServerResult;
import dev.asrdoctor.remedy.Step;
import dev.asrdoctor.remedy.StepResult;
import dev.asrdoctor.report.RunInfo;
import dev.asrdoctor.report.model.Contract;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A remediation, planned or done (schemas/remediation-1.schema.json).
 *
 * @param unreached servers that could not be read, and so are neither planned for nor judged
 * @param applied false for a plan, whose steps have no verdicts
 * @param stopped why nothing at all is done, null where something may be
 */
public record RemedyJson(
        List<ServerResult> servers,
        List<ServerReport> unreached,
        RunInfo run,
        boolean applied,
        @Nullable String stopped)
        implements Contract {
    public static final String SCHEMA = "https://asrdoctor.dev/schemas/remediation-1.schema.json";

    @Override
    public void write(JsonGenerator json) {
        json.writeStartObject();
        JsonParts.run(json, SCHEMA, run);
        json.writeBooleanProperty("applied", applied);
        JsonParts.textOrNull(json, "stopped", stopped);
        json.writeArrayPropertyStart("servers");
        for (ServerResult server : servers) {
            writeServer(json, server);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("unreached");
        for (ServerReport server : unreached) {
            json.writeStartObject();
            json.writeStringProperty("name", server.server().name());
            json.writeName("finding");
            JsonParts.finding(json, server.findings().getFirst());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeServer(JsonGenerator json, ServerResult server) {
        json.writeStartObject();
        json.writeStringProperty("name", server.plan().server().name());
        json.writeStringProperty(
                "deployment", server.plan().server().deployment().id());
        json.writeArrayPropertyStart("steps");
        for (Step step : server.plan().steps()) {
            json.writeStartObject();
            json.writeStringProperty("remedy", step.remedy());
            json.writeStringProperty("action", step.action().word());
            json.writeStringProperty("target", step.target());
            JsonParts.textOrNull(json, "from", step.from());
            JsonParts.textOrNull(json, "to", step.to());
            json.writeBooleanProperty("whatIf", step.whatIf());
            JsonParts.textOrNull(json, "undo", step.undo());
            json.writeStringProperty("why", step.why());
            Optional<StepResult> result = server.steps().stream()
                    .filter(done -> done.step().equals(step))
                    .findFirst();
            if (result.isPresent()) {
                json.writeStringProperty("verdict", result.get().verdict().name());
                json.writeStringProperty("reason", result.get().reason());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("heldBack");
        for (HeldBack held : server.plan().heldBack()) {
            json.writeStartObject();
            json.writeStringProperty("remedy", held.remedy());
            json.writeStringProperty("target", held.target());
            json.writeStringProperty("guard", held.guard());
            json.writeStringProperty("reason", held.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
