package dev.asrdoctor.report.json;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.Drift;
import dev.asrdoctor.change.Assessment.Missing;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.report.model.Contract;
import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.text.Words;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A verified change (schemas/change-report-1.schema.json). */
public record ChangeReportJson(ChangeReport report) implements Contract {
    private static final String REPORT = "https://asrdoctor.dev/schemas/change-report-1.schema.json";

    @Override
    public void write(JsonGenerator json) {
        Window window = report.window();
        Assessment assessment = report.assessment();
        json.writeStartObject();
        json.writeStringProperty("schema", REPORT);
        json.writeNumberProperty("version", 1);
        json.writeStringProperty("toolVersion", report.toolVersion());
        json.writeStringProperty("change", window.id());
        json.writeStringProperty("verdict", report.verdict().name());
        window(json, window);
        verification(json);
        json.writeObjectPropertyStart("basis");
        basis(json, "before", window.basis());
        basis(json, "after", report.verification().basis());
        json.writeEndObject();
        json.writeObjectPropertyStart("policy");
        json.writeStringProperty("file", report.policy());
        json.writeStringProperty("sha256", report.policyFingerprint());
        json.writeEndObject();
        json.writeObjectPropertyStart("facts");
        json.writeStringProperty("before", report.baseline());
        json.writeStringProperty("after", report.after());
        json.writeNumberProperty("values", assessment.comparison().values());
        json.writeEndObject();
        json.writeArrayPropertyStart("servers");
        assessment.servers().forEach(server -> server(json, server));
        json.writeEndArray();
        json.writeArrayPropertyStart("missingAnywhere");
        assessment.missingAnywhere().forEach(missing -> missing(json, missing));
        json.writeEndArray();
        JsonParts.texts(json, "notCompared", assessment.comparison().notCompared());
        JsonParts.texts(json, "notes", assessment.notes());
        history(json, window);
        json.writeEndObject();
    }

    private static void window(JsonGenerator json, Window window) {
        json.writeObjectPropertyStart("window");
        json.writeStringProperty("state", window.state().word());
        json.writeStringProperty("openedAt", window.openedAt().toString());
        json.writeStringProperty("openedBy", window.openedBy());
        json.writeStringProperty("until", window.until().toString());
        JsonParts.textOrNull(json, "forced", window.forced());
        json.writeStringProperty("inventory", window.inventory().toString());
        json.writeEndObject();
    }

    private void verification(JsonGenerator json) {
        json.writeObjectPropertyStart("verification");
        json.writeNumberProperty("number", report.verification().number());
        json.writeStringProperty("startedAt", report.verification().startedAt().toString());
        Instant finishedAt = report.verification().finishedAt();
        JsonParts.textOrNull(json, "finishedAt", finishedAt == null ? null : finishedAt.toString());
        json.writeStringProperty("by", report.verification().by());
        Verdict recorded = report.verification().verdict();
        JsonParts.textOrNull(json, "recordedVerdict", recorded == null ? null : recorded.name());
        json.writeEndObject();
    }

    private static void history(JsonGenerator json, Window window) {
        json.writeArrayPropertyStart("history");
        for (Window.Event event : window.history()) {
            json.writeStartObject();
            json.writeStringProperty("at", event.at().toString());
            json.writeStringProperty("by", event.by());
            json.writeStringProperty("what", event.what());
            json.writeStringProperty("detail", event.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void basis(JsonGenerator json, String name, @Nullable Basis basis) {
        if (basis == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("toolVersion", basis.tool());
        json.writeStringProperty("inventory", basis.inventory().toString());
        json.writeStringProperty("policySha256", basis.policy());
        json.writeStringProperty("declaredSha256", basis.declared());
        json.writeEndObject();
    }

    private static void server(JsonGenerator json, ServerChange server) {
        json.writeStartObject();
        json.writeStringProperty("name", server.server());
        json.writeStringProperty("verdict", server.verdict().name());
        Reading.Unread unread = server.unread();
        if (unread != null) {
            json.writeObjectPropertyStart("unread");
            json.writeStringProperty("stage", unread.stage());
            json.writeStringProperty("failure", unread.kind());
            json.writeStringProperty("message", unread.message());
            json.writeStringProperty("nextAction", unread.advice());
            json.writeEndObject();
        }
        json.writeBooleanProperty("unreadBefore", server.unreadBefore());
        json.writeArrayPropertyStart("problems");
        server.problems().forEach(problem -> problem(json, problem));
        json.writeEndArray();
        json.writeArrayPropertyStart("differences");
        for (Drift drift : server.drift()) {
            json.writeStartObject();
            DifferencesJson.difference(json, drift.difference());
            json.writeBooleanProperty("declared", drift.declared() != null);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("missing");
        server.missing().forEach(missing -> missing(json, missing));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void problem(JsonGenerator json, ProblemChange problem) {
        json.writeStartObject();
        json.writeStringProperty("kind", Words.word(problem.kind()));
        JsonParts.textOrNull(json, "before", status(problem.before()));
        JsonParts.textOrNull(json, "after", status(problem.after()));
        json.writeName("finding");
        JsonParts.finding(json, problem.finding());
        json.writeEndObject();
    }

    private static @Nullable String status(@Nullable Finding finding) {
        return finding == null ? null : finding.status().name();
    }

    private static void missing(JsonGenerator json, Missing missing) {
        json.writeStartObject();
        json.writeStringProperty("path", missing.expectation().path());
        JsonParts.textOrNull(json, "is", missing.expectation().kind());
        JsonParts.textOrNull(json, "from", missing.expectation().from());
        JsonParts.textOrNull(json, "to", missing.expectation().to());
        json.writeStringProperty("why", missing.expectation().why());
        json.writeStringProperty("instead", missing.instead());
        json.writeEndObject();
    }
}
