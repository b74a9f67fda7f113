package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.file.Access;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.remoting.Redaction;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reports that go to files: each is there whole or not at all, and one that cannot be written keeps no other back. */
public final class ReportFiles {
    private final Redaction redaction;
    private final List<String> failures = new ArrayList<>();

    public ReportFiles(Redaction redaction) {
        this.redaction = redaction;
    }

    public void write(Path file, Durable.Text text) throws IOException {
        try {
            Durable.write(
                    file,
                    out -> {
                        Writer redacted = redaction.overDocument(out);
                        text.writeTo(redacted);
                        redacted.flush();
                    },
                    Access.PRIVATE_AT_FIRST);
        } catch (IOException e) {
            failures.add("the report " + file + " could not be written: " + FileTrouble.reason(e));
        }
    }

    /** @throws UsageException naming every file that could not be written */
    public void end() throws UsageException {
        if (!failures.isEmpty()) {
            throw new UsageException(String.join("; ", failures));
        }
    }
}
