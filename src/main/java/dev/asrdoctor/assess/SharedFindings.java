package dev.asrdoctor.assess;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import java.util.concurrent.ConcurrentHashMap;

/** Many servers are well in the same words; those are held once. */
final class SharedFindings {
    /** What differs from server to server is not worth being looked for among more. */
    private static final int MOST = 10_000;

    private final ConcurrentHashMap<Finding, Finding> known = new ConcurrentHashMap<>();

    ServerReport in(ServerReport report) {
        return new ServerReport(
                report.server(),
                report.status(),
                report.findings().stream().map(this::shared).toList());
    }

    private Finding shared(Finding finding) {
        if (finding.status() != Status.PASS && finding.status() != Status.SKIPPED) {
            return finding;
        }
        Finding same = known.get(finding);
        if (same != null) {
            return same;
        }
        if (known.size() < MOST) {
            known.put(finding, finding);
        }
        return finding;
    }
}
