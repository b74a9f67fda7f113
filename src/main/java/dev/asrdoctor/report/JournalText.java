package dev.asrdoctor.report;

import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.store.Attempt;
import dev.asrdoctor.text.Words;
import java.io.IOException;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** What the journal tells, for people and for programs. */
public final class JournalText {
    private static final int WIDTH = TextReport.WIDTH;

    private JournalText() {}

    /** @param lines of the journal, all of which fit the chain */
    public static void text(List<Attempt> attempts, int lines, Appendable out) throws IOException {
        for (Attempt attempt : attempts) {
            out.append(attempt.at().truncatedTo(ChronoUnit.SECONDS).toString())
                    .append("  ")
                    .append(Plain.cut(Plain.line(attempt.server()), WIDTH - 40))
                    .append(attempt.by().isEmpty() ? "" : "  by " + Plain.line(attempt.by()))
                    .append('\n');
            if (!attempt.ended()) {
                told(
                        "  ? ",
                        "meant: " + String.join(", ", attempt.services()) + "; nobody has written down how it ended",
                        out);
            }
            for (Map.Entry<String, String> result : attempt.results().entrySet()) {
                boolean good = result.getValue().startsWith("VERIFIED");
                told(good ? "  + " : "  x ", result.getKey() + ": " + result.getValue(), out);
            }
        }
        long open = attempts.stream().filter(attempt -> !attempt.ended()).count();
        out.append(attempts.isEmpty() ? "" : "\n")
                .append(Words.count(attempts.size(), "attempt") + ", " + open + " without an end; the chain of " + lines
                        + " lines holds\n");
    }

    public static void json(List<Attempt> attempts, Appendable out) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(JsonReport.pretty(), text)) {
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
        out.append(SafeJson.of(text.getBuffer())).append('\n');
    }

    public static void csv(List<Attempt> attempts, Appendable out) throws IOException {
        out.append("at,by,server,service,result\r\n");
        for (Attempt attempt : attempts) {
            for (String service : attempt.services()) {
                out.append(attempt.at().toString())
                        .append(',')
                        .append(CsvReport.field(attempt.by()))
                        .append(',')
                        .append(CsvReport.field(attempt.server()))
                        .append(',')
                        .append(CsvReport.field(service))
                        .append(',')
                        .append(CsvReport.field(
                                attempt.ended() ? attempt.results().getOrDefault(service, "") : "not told"))
                        .append("\r\n");
            }
        }
    }

    private static void told(String lead, String text, Appendable out) throws IOException {
        List<String> lines = Plain.wrap(Plain.line(text), WIDTH - lead.length());
        for (int i = 0; i < lines.size(); i++) {
            out.append(i == 0 ? lead : " ".repeat(lead.length()))
                    .append(lines.get(i))
                    .append('\n');
        }
    }
}
