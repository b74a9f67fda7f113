package dev.asrdoctor.report;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.SafeJson;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** The report for programs; schemas/report-1.schema.json describes it and a version never loses a member. */
public final class JsonReport implements Report {
    public static final String SCHEMA = "https://asrdoctor.dev/schemas/report-1.schema.json";

    @Override
    public void write(List<ServerReport> servers, RunInfo run, Appendable out) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(pretty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA);
            json.writeStringProperty("toolVersion", run.toolVersion());
            json.writeStringProperty("startedAt", run.startedAt().toString());
            json.writeStringProperty("finishedAt", run.finishedAt().toString());
            json.writeObjectPropertyStart("summary");
            for (Status status : Status.values()) {
                json.writeNumberProperty(
                        status.name().toLowerCase(Locale.ROOT),
                        servers.stream().filter(s -> s.status() == status).count());
            }
            json.writeEndObject();
            json.writeArrayPropertyStart("servers");
            for (ServerReport server : servers) {
                writeServer(json, server, run.planned());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.append(SafeJson.of(text.getBuffer())).append('\n');
    }

    static ObjectWriteContext pretty() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        return new ObjectWriteContext.Base() {
            @Override
            public DefaultPrettyPrinter getPrettyPrinter() {
                return printer;
            }
        };
    }

    private static void writeServer(JsonGenerator json, ServerReport report, OpenWindows planned) {
        json.writeStartObject();
        json.writeStringProperty("name", report.server().name());
        json.writeStringProperty("status", report.status().name());
        json.writeStringProperty("deployment", report.server().deployment().id());
        if (report.server().site() != null) {
            json.writeStringProperty("site", report.server().site());
        }
        planned.of(report.server().name()).ifPresent(hold -> {
            json.writeObjectPropertyStart("plannedChange");
            json.writeStringProperty("change", hold.change());
            json.writeStringProperty("until", hold.until().toString());
            json.writeEndObject();
        });
        json.writeArrayPropertyStart("findings");
        for (Finding finding : report.findings()) {
            writeFinding(json, finding);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void writeFinding(JsonGenerator json, Finding finding) {
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
            writeValue(json, entry.getValue());
        }
        json.writeEndObject();
        json.writeName("nextAction");
        writeValue(json, finding.nextAction());
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> writeValue(json, item));
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }
}
