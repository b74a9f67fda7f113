package dev.asrdoctor.report.view;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Problems that several servers have in the same words, which are told once with all their names.
 *
 * @param shared in the order in which they were found first
 */
record EqualFindings(List<Shared> shared, Set<Same> same) {

    /** @param findings as the first of the servers has them */
    record Shared(List<ServerReport> servers, List<Finding> findings) {
        Status worst() {
            return findings.stream()
                    .map(Finding::status)
                    .min((one, other) -> Integer.compare(Marks.rank(one), Marks.rank(other)))
                    .orElse(Status.PASS);
        }
    }

    /** What makes two findings one. */
    private record Same(
            String check,
            String subject,
            Status status,
            String title,
            @Nullable String next) {
        static Same of(Finding finding) {
            return new Same(
                    finding.check(), finding.subject(), finding.status(), finding.title(), finding.nextAction());
        }
    }

    private record Found(Finding first, List<Integer> servers) {}

    static EqualFindings of(List<ServerReport> servers) {
        Map<Same, Found> found = new LinkedHashMap<>();
        for (int i = 0; i < servers.size(); i++) {
            for (Finding finding : servers.get(i).findings()) {
                if (Marks.isProblem(finding.status())) {
                    List<Integer> having = found.computeIfAbsent(
                                    Same.of(finding), same -> new Found(finding, new ArrayList<>()))
                            .servers();
                    if (having.isEmpty() || having.getLast() != i) {
                        having.add(i);
                    }
                }
            }
        }
        found.values().removeIf(one -> one.servers().size() < 2);
        Map<List<Integer>, List<Finding>> together = new LinkedHashMap<>();
        found.values()
                .forEach(one -> together.computeIfAbsent(one.servers(), servers1 -> new ArrayList<>())
                        .add(one.first()));
        List<Shared> shared = new ArrayList<>();
        together.forEach((indexes, findings) ->
                shared.add(new Shared(indexes.stream().map(servers::get).toList(), findings)));
        return new EqualFindings(shared, new HashSet<>(found.keySet()));
    }

    boolean isShared(Finding finding) {
        return same.contains(Same.of(finding));
    }
}
