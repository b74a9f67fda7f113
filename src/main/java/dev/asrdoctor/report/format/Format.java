package dev.asrdoctor.report.format;

import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import java.io.IOException;
import java.io.Writer;

/** A way to show a report of any subject. */
public interface Format {

    /** As {@code -o} names it. */
    String name();

    /** The part of a report that it shows. */
    Subject.Part shows();

    /**
     * Part by part, so that nothing grows with what is shown.
     *
     * @param out nothing is closed and nothing else is written
     */
    void write(Report report, Look look, Writer out) throws IOException;
}
