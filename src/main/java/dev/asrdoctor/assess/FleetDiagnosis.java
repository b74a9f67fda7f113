package dev.asrdoctor.assess;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.Doctor;
import dev.asrdoctor.diagnosis.Knowledge;
import dev.asrdoctor.diagnosis.Patient;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.Trouble;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Diagnoses what a run has brought back; the same for a live run and for saved facts. */
public final class FleetDiagnosis {
    private FleetDiagnosis() {}

    /**
     * @param reports of the same visits
     * @param inDetail names of servers whose reasoning is wanted step by step
     */
    public static Diagnosis of(
            List<ServerReport> reports, List<Outcome<Facts>> visits, Knowledge knowledge, Set<String> inDetail) {
        Map<String, Instant> booted = new HashMap<>();
        for (Outcome<Facts> visit : visits) {
            if (visit instanceof Outcome.Done<Facts> done) {
                HostFacts host = done.value().read(FactArea.HOST);
                if (host != null && host.bootedAt() != null) {
                    booted.put(done.server().name(), host.bootedAt());
                }
            }
        }
        return Doctor.diagnose(
                reports.stream()
                        .map(report -> new Patient(
                                stopped(report) ? ServerReport.of(report.server(), List.of()) : report,
                                booted.get(report.server().name())))
                        .toList(),
                knowledge,
                inDetail);
    }

    /** That nobody waited for its answer is no trouble of the server. */
    private static boolean stopped(ServerReport report) {
        return report.findings().stream()
                .anyMatch(finding -> finding.check().equals(ServerReport.REACHABLE)
                        && Trouble.STOPPED.contains(
                                String.valueOf(finding.evidence().get("failure"))));
    }
}
