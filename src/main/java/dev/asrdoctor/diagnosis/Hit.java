package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;

/** A finding on a server. */
public record Hit(Patient patient, Finding finding) {
    boolean bad() {
        return finding.status() == Status.FAIL
                || finding.status() == Status.WARN
                || finding.check().equals(ServerReport.REACHABLE);
    }
}
