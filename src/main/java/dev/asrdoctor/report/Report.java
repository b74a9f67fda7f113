package dev.asrdoctor.report;

import dev.asrdoctor.check.ServerReport;
import java.io.IOException;
import java.util.List;

/** One output format of a check run. */
public interface Report {
    /** @param out nothing is closed and nothing else is printed */
    void write(List<ServerReport> servers, RunInfo run, Appendable out) throws IOException;
}
