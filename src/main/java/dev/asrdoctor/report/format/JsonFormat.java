package dev.asrdoctor.report.format;

import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import java.io.IOException;
import java.io.Writer;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** For programs, by the subject's own schema. */
final class JsonFormat implements Format {
    private static final JsonFactory FACTORY = new JsonFactory();

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Subject.Part shows() {
        return Subject.Part.CONTRACT;
    }

    @Override
    public void write(Report report, Look look, Writer out) throws IOException {
        Writer safe = SafeJson.over(out);
        // Closing a generator would end what is open, as if all of it had been written.
        JsonGenerator json = FACTORY.createGenerator(pretty(), safe);
        try {
            Objects.requireNonNull(report.contract()).write(json);
            json.flush();
        } catch (JacksonIOException e) {
            throw e.getCause() == null ? new IOException(e) : e.getCause();
        }
        safe.write('\n');
        safe.flush();
    }

    private static ObjectWriteContext pretty() {
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
}
