package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.inventory.ResolvedServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server with what was found on it, and what it may share with others. */
public final class Patient {
    private final ServerReport report;
    private final Map<String, List<Finding>> byCheck = new LinkedHashMap<>();
    private final Map<String, Set<String>> attributes;

    /** @param bootedAt when the server booted last; null where that was not read */
    public Patient(ServerReport report, @Nullable Instant bootedAt) {
        this.report = report;
        for (Finding finding : report.findings()) {
            byCheck.computeIfAbsent(finding.check(), check -> new ArrayList<>()).add(finding);
        }
        attributes = Attributes.of(this, bootedAt);
    }

    public ServerReport report() {
        return report;
    }

    public ResolvedServer server() {
        return report.server();
    }

    public String name() {
        return report.server().name();
    }

    List<Finding> findings(String check) {
        return byCheck.getOrDefault(check, List.of());
    }

    /** Values by attribute, for example {@code proxy} to {@code proxy.example:8080}. */
    Map<String, Set<String>> attributes() {
        return attributes;
    }

    /** Each member of a list, or the one value; none where there is nothing. */
    List<String> evidences(String check, String name) {
        return findings(check).stream()
                .map(finding -> finding.evidence().get(name))
                .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.ofNullable(value))
                .map(String::valueOf)
                .distinct()
                .toList();
    }

    @Nullable String evidence(String check, String name) {
        return findings(check).stream()
                .map(finding -> finding.evidence().get(name))
                .filter(value -> value != null)
                .map(String::valueOf)
                .findFirst()
                .orElse(null);
    }
}
