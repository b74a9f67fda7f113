package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.SourceFacts;
import dev.asrdoctor.facts.TransportFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends of a connection say together (article step 6): a source machine that does not get through, and its
 * process server, read in the same run.
 */
public final class Pairs {
    private Pairs() {}

    /**
     * The reports, with what the process servers themselves say added to the findings of their source machines.
     *
     * @param facts of every server that was read, by name
     */
    public static List<ServerReport> together(List<ServerReport> reports, Map<String, Facts> facts) {
        List<ServerReport> paired =
                reports.stream().map(report -> whateverItSays(report, facts)).toList();
        try {
            return AppliancePairs.together(paired, facts);
        } catch (RuntimeException e) {
            return paired;
        }
    }

    /** A report that cannot be completed stands as it is: what one server says must not cost the others theirs. */
    private static ServerReport whateverItSays(ServerReport report, Map<String, Facts> facts) {
        try {
            return together(report, facts);
        } catch (RuntimeException e) {
            return report;
        }
    }

    private static ServerReport together(ServerReport report, Map<String, Facts> facts) {
        String processServer = report.server().role().processServer();
        Facts own = facts.get(report.server().name());
        Facts other = processServer == null ? null : facts.get(processServer);
        if (processServer == null || own == null || other == null) {
            return report;
        }
        SourceFacts source = own.read(FactArea.SOURCE);
        TransportFacts transport = other.read(FactArea.TRANSPORT);
        ConnectionFacts answer = transport == null ? null : transport.answer();
        if (source == null || answer == null) {
            return report;
        }
        return new ServerReport(
                report.server(),
                report.status(),
                report.findings().stream()
                        .map(finding -> fails(finding)
                                ? together(finding, report.server().name(), processServer, source, transport, answer)
                                : finding)
                        .toList());
    }

    private static boolean fails(Finding finding) {
        return finding.check().equals(SourceConnection.ID)
                && (finding.status() == Status.FAIL || finding.status() == Status.WARN)
                && finding.evidence().get("connected") instanceof Number connected
                && finding.evidence().get("attempts") instanceof Number attempts
                && connected.longValue() < attempts.longValue();
    }

    private static Finding together(
            Finding finding,
            String source,
            String processServer,
            SourceFacts facts,
            @Nullable TransportFacts transport,
            ConnectionFacts answer) {
        Map<String, Object> evidence = new LinkedHashMap<>(finding.evidence());
        evidence.put("answersLocally", answer.connected());
        evidence.put("localTarget", answer.target());
        long port = transport == null ? 0 : transport.port();
        if (facts.target() != null && port != 0 && !facts.target().endsWith(":" + port)) {
            evidence.put("listensOn", port);
            return with(
                    finding,
                    evidence,
                    source + " tries " + facts.target() + ", but " + processServer + " listens on port " + port,
                    "Set 'dataPort: " + port + "' for " + processServer
                            + " in the inventory and check again. If the source"
                            + " machine itself was registered with the wrong port, its agent has to be registered again.");
        }
        if (finding.evidence().get("results") instanceof List<?> results && results.contains("dns")) {
            return with(
                    finding,
                    evidence,
                    source + " does not reach " + processServer + ": the name in " + facts.target()
                            + " does not resolve there",
                    "Correct name resolution on " + source
                            + " (DNS suffix, DNS server, hosts file), or give 'dataAddress' of " + processServer
                            + " in the inventory if source machines use another name.");
        }
        if (!answer.connected()) {
            return with(
                    finding,
                    evidence,
                    source + " does not reach " + processServer + ", and the data port does not answer on "
                            + processServer + " itself either",
                    "The cause is on " + processServer + ": see its findings services.running and transport.answer.");
        }
        return with(
                finding,
                evidence,
                "a firewall stands between " + source + " and " + processServer + ": port " + port + " answers on "
                        + processServer + " itself, but not from " + source,
                "Allow TCP " + port + " from " + source + " to " + processServer + ": the rule 'Open Port " + port
                        + "' of "
                        + processServer + "'s Windows firewall, outbound rules of " + source
                        + ", and every firewall between them.");
    }

    private static Finding with(Finding finding, Map<String, Object> evidence, String title, String nextAction) {
        return new Finding(
                finding.check(),
                finding.step(),
                finding.subject(),
                finding.status(),
                finding.severity(),
                title,
                evidence,
                nextAction);
    }
}
