package dev.asrdoctor.check;

import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One server's findings and their sum.
 *
 * @param server with the deployment that it was judged by
 * @param status the worst of the findings: FAIL, then UNKNOWN, WARN, PASS; skipped and waived ones do not count, and with
 *     nothing else the server is SKIPPED
 */
public record ServerReport(ResolvedServer server, Status status, List<Finding> findings) {
    /** The check id of the finding that says that a server could not be asked. */
    public static final String REACHABLE = "reachable";

    private static final List<Status> WORST_FIRST = List.of(Status.FAIL, Status.UNKNOWN, Status.WARN, Status.PASS);

    public static ServerReport of(ResolvedServer server, List<Finding> findings) {
        Status status = WORST_FIRST.stream()
                .filter(s -> findings.stream().anyMatch(finding -> finding.status() == s))
                .findFirst()
                .orElse(Status.SKIPPED);
        return new ServerReport(server, status, List.copyOf(findings));
    }

    public boolean reached() {
        return findings.stream().noneMatch(finding -> finding.check().equals(REACHABLE));
    }

    /**
     * A server that gave no answer: unknown, never healthy and never ill.
     *
     * @param stage how far it came, for example {@code authentication}
     * @param kind the failure's kind, for example {@code logon-failed}
     */
    public static ServerReport unreached(Server server, String stage, String kind, String message, String advice) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("stage", stage);
        evidence.put("failure", kind);
        evidence.put("address", server.address() + ":" + server.port());
        return of(
                ResolvedServer.asSaid(server),
                List.of(new Finding(REACHABLE, "", "", Status.UNKNOWN, Severity.HIGH, message, evidence, advice)));
    }
}
