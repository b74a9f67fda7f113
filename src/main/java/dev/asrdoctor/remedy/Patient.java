package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.inventory.Server;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One server as remedies see it; waived findings and disabled checks ask for nothing.
 *
 * @param services null where they could not be read
 */
record Patient(
        Server server, Facts facts, Policy policy, @Nullable ServicesFacts services) {
    List<Finding> findings(String check) {
        return Checks.judge(facts, server, policy, Set.of(check)).findings();
    }

    /** Those that say that something is wrong. */
    List<Finding> wrong(String check) {
        return findings(check).stream()
                .filter(finding -> finding.status() == Status.FAIL || finding.status() == Status.WARN)
                .toList();
    }

    boolean passes(String check) {
        List<Finding> findings = findings(check);
        return !findings.isEmpty()
                && findings.stream()
                        .allMatch(finding -> finding.status() == Status.PASS || finding.status() == Status.SKIPPED);
    }
}
