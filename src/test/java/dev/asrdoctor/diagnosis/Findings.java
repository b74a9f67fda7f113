package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.ServerMaker;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings and patients of few words. */
final class Findings {
    private Findings() {}

    static Finding pass(String check) {
        return finding(check, "", Status.PASS, Severity.INFO);
    }

    static Finding fail(String check, String subject, Object... evidence) {
        return finding(check, subject, Status.FAIL, Severity.HIGH, evidence);
    }

    static Finding finding(String check, String subject, Status status, Severity severity, Object... evidence) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < evidence.length; i += 2) {
            values.put(evidence[i].toString(), evidence[i + 1]);
        }
        return new Finding(check, "", subject, status, severity, check + " " + subject, values, "mend " + check);
    }

    static Patient patient(String name, Finding... findings) {
        return patient(ServerMaker.server(name, Deployment.STANDALONE), findings);
    }

    static Patient patient(Server server, Finding... findings) {
        return new Patient(ServerReport.of(ResolvedServer.asSaid(server), Arrays.asList(findings)), null);
    }

    static Diagnosis diagnose(List<Patient> patients) {
        return Doctor.diagnose(patients, KnowledgeReader.shipped());
    }
}
