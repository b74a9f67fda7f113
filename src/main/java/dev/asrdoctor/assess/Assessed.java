package dev.asrdoctor.assess;

import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.diagnosis.Diagnosis;
import dev.asrdoctor.diagnosis.Knowledge;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.KeptVisits;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.store.FactSet;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of servers, and what it means.
 *
 * @param read in the order of the servers
 * @param servers what each is judged to be, those that could not be read included
 */
public record Assessed(List<Outcome<Facts>> read, List<ServerReport> servers) {
    public Assessed {
        read = List.copyOf(read);
        servers = List.copyOf(servers);
    }

    /** @param asked servers that are thought through step by step; empty for none */
    public Diagnosis diagnosis(Knowledge knowledge, Set<String> asked) {
        return FleetDiagnosis.of(servers, read, knowledge, asked);
    }

    /** Those that were asked before the run was stopped. */
    public List<ServerReport> asked() {
        Set<String> unasked = new HashSet<>();
        for (Outcome<Facts> visit : read) {
            if (visit instanceof Outcome.Failed<Facts> failed
                    && failed.trouble().notBegun()) {
                unasked.add(visit.server().name());
            }
        }
        return unasked.isEmpty()
                ? servers
                : servers.stream()
                        .filter(server -> !unasked.contains(server.server().name()))
                        .toList();
    }

    /** Servers that call themselves otherwise, in one line. */
    public Optional<String> otherNames() {
        return OtherNames.words(read);
    }

    /** Keeps what was read; what an earlier run has read of a server that was not asked stays. */
    public void save(FactSet folder) throws IOException {
        folder.save(KeptVisits.of(read.stream().filter(Assessed::ended).toList()));
    }

    private static boolean ended(Outcome<Facts> visit) {
        return !(visit instanceof Outcome.Failed<Facts> failed
                && (failed.trouble().waitedFor() || failed.trouble().notBegun()));
    }
}
