package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One server as remedies see it; waived findings and disabled checks ask for nothing.
 *
 * @param services null where they could not be read
 */
record Patient(
        ResolvedServer server,
        Facts facts,
        Policy policy,
        @Nullable ServicesFacts services) {

    static Patient of(ResolvedServer server, Facts facts, Policy policy) {
        return new Patient(server, facts, policy, facts.read(FactArea.SERVICES));
    }

    List<Finding> findings(String check) {
        return Checks.judge(facts, server, policy, Set.of(check)).findings();
    }

    /** Those that say that something is wrong. */
    List<Finding> wrong(String check) {
        return findings(check).stream().filter(Patient::isWrong).toList();
    }

    private static boolean isWrong(Finding finding) {
        return finding.status() == Status.FAIL || finding.status() == Status.WARN;
    }

    boolean passes(String check) {
        List<Finding> findings = findings(check);
        return !findings.isEmpty()
                && findings.stream()
                        .allMatch(finding -> finding.status() == Status.PASS || finding.status() == Status.SKIPPED);
    }

    boolean fails(String check) {
        return findings(check).stream().anyMatch(finding -> finding.status() == Status.FAIL);
    }

    /** Findings that the policy bears for a time and that say that something is wrong. */
    List<Finding> waived(String check) {
        return findings(check).stream()
                .filter(finding -> finding.status() == Status.WAIVED
                        && Set.of("fail", "warn")
                                .contains(String.valueOf(finding.evidence().get("waivedStatus"))))
                .toList();
    }

    /** Why the policy wants nothing done about a subject of a check, whatever is wrong with it. */
    Optional<Objection> borne(String check, String subject) {
        if (policy.disabledChecks().contains(check)) {
            return Objection.of("check-disabled", "the policy leaves " + check + " out (checks.disabled)");
        }
        return waived(check).stream()
                .filter(finding -> finding.subject().equalsIgnoreCase(subject))
                .findFirst()
                .map(Patient::borne);
    }

    static Objection borne(Finding waived) {
        return new Objection(
                "waived",
                "the policy bears it until " + waived.evidence().get("waivedUntil") + ": "
                        + waived.evidence().get("waived") + " (waivers)");
    }
}
