package dev.asrdoctor.report;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Assessment.Drift;
import dev.asrdoctor.change.Assessment.Missing;
import dev.asrdoctor.change.Assessment.ServerChange;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.Comparison;
import dev.asrdoctor.change.Difference;
import dev.asrdoctor.change.ProblemChange;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** Changes and differences for programs (schemas/change-report-1.schema.json, schemas/diff-1.schema.json, schemas/change-list-1.schema.json). */
public final class ChangeJson {
    public static final String REPORT = "https://asrdoctor.dev/schemas/change-report-1.schema.json";
    public static final String DIFF = "https://asrdoctor.dev/schemas/diff-1.schema.json";

    public static final String LIST = "https://asrdoctor.dev/schemas/change-list-1.schema.json";

    private ChangeJson() {}

    private interface Body {
        void write(JsonGenerator json);
    }

    private static void document(Appendable out, Body body) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(JsonReport.pretty(), text)) {
            body.write(json);
        }
        out.append(SafeJson.of(text.getBuffer())).append('\n');
    }

    public static void write(ChangeReport report, Appendable out) throws IOException {
        Window window = report.window();
        Assessment assessment = report.assessment();
        document(out, json -> {
            json.writeStartObject();
            json.writeStringProperty("schema", REPORT);
            json.writeNumberProperty("version", 1);
            json.writeStringProperty("toolVersion", report.toolVersion());
            json.writeStringProperty("change", window.id());
            json.writeStringProperty("verdict", report.verdict().name());
            json.writeObjectPropertyStart("window");
            json.writeStringProperty("state", window.state().word());
            json.writeStringProperty("openedAt", window.openedAt().toString());
            json.writeStringProperty("openedBy", window.openedBy());
            json.writeStringProperty("until", window.until().toString());
            text(json, "forced", window.forced());
            json.writeStringProperty("inventory", window.inventory().toString());
            json.writeEndObject();
            json.writeObjectPropertyStart("verification");
            json.writeNumberProperty("number", report.verification().number());
            json.writeStringProperty(
                    "startedAt", report.verification().startedAt().toString());
            Instant finishedAt = report.verification().finishedAt();
            text(json, "finishedAt", finishedAt == null ? null : finishedAt.toString());
            json.writeStringProperty("by", report.verification().by());
            Verdict recorded = report.verification().verdict();
            text(json, "recordedVerdict", recorded == null ? null : recorded.name());
            json.writeEndObject();
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
            texts(json, "notCompared", assessment.comparison().notCompared());
            texts(json, "notes", assessment.notes());
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
            json.writeEndObject();
        });
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
            difference(json, drift.difference());
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
        text(json, "before", status(problem.before()));
        text(json, "after", status(problem.after()));
        json.writeName("finding");
        JsonReport.writeFinding(json, problem.finding());
        json.writeEndObject();
    }

    private static @Nullable String status(@Nullable Finding finding) {
        return finding == null ? null : finding.status().name();
    }

    private static void missing(JsonGenerator json, Missing missing) {
        json.writeStartObject();
        json.writeStringProperty("path", missing.expectation().path());
        text(json, "is", missing.expectation().kind());
        text(json, "from", missing.expectation().from());
        text(json, "to", missing.expectation().to());
        json.writeStringProperty("why", missing.expectation().why());
        json.writeStringProperty("instead", missing.instead());
        json.writeEndObject();
    }

    private static void difference(JsonGenerator json, Difference difference) {
        json.writeStringProperty("path", difference.path());
        json.writeStringProperty("kind", difference.kind());
        text(json, "before", difference.before());
        text(json, "after", difference.after());
    }

    /** @param before fingerprint of the one folder, and {@code after} of the other */
    public static void write(Comparison comparison, String before, String after, String toolVersion, Appendable out)
            throws IOException {
        document(out, json -> {
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
            texts(json, "notCompared", comparison.notCompared());
            json.writeEndObject();
        });
    }

    /** Windows with what is to be said of them now. */
    public static void write(List<Window> windows, Instant now, String toolVersion, Appendable out) throws IOException {
        document(out, json -> {
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
                texts(json, "servers", window.servers());
                text(
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
        });
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) {
        if (text == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, text);
        }
    }
}
