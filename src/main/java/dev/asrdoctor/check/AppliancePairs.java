package dev.asrdoctor.check;

import dev.asrdoctor.facts.CertificateFacts;
import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServingFacts;
import dev.asrdoctor.facts.SourceFacts;
import dev.asrdoctor.product.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What appliances and their source machines say together: whether a source machine is shown the certificate that its appliance
 * serves, and whether two machines pass for one appliance (docs/facts.md, "Certificates of the appliance").
 */
final class AppliancePairs {
    private static final String REGISTERED = "appliance.registered";

    private AppliancePairs() {}

    /** @param facts of every server that was read, by name */
    static List<ServerReport> together(List<ServerReport> reports, Map<String, Facts> facts) {
        Map<String, Set<String>> holders = holders(reports, facts);
        return reports.stream()
                .map(report -> {
                    List<Finding> more = new ArrayList<>();
                    anotherCertificate(report, facts).ifPresent(more::add);
                    copy(report, facts, holders).ifPresent(more::add);
                    if (more.isEmpty()) {
                        return report;
                    }
                    List<Finding> all = new ArrayList<>(report.findings());
                    all.addAll(more);
                    return ServerReport.of(report.server(), all);
                })
                .toList();
    }

    private static boolean judgedBy(ServerReport report, String check) {
        return report.findings().stream().anyMatch(finding -> finding.check().equals(check));
    }

    private static Optional<Finding> anotherCertificate(ServerReport report, Map<String, Facts> facts) {
        String appliance = report.server().role().processServer();
        Facts own = facts.get(report.server().name());
        Facts other = appliance == null ? null : facts.get(appliance);
        if (appliance == null
                || own == null
                || other == null
                || !report.server().deployment().is(Trait.JOINED)
                || !judgedBy(report, CertificatesServed.ID)) {
            return Optional.empty();
        }
        SourceFacts source = own.read(FactArea.SOURCE);
        ServingFacts serving = other.read(FactArea.SERVING);
        List<ConnectionFacts> controls = source == null ? null : source.controls();
        if (controls == null || serving == null) {
            return Optional.empty();
        }
        Optional<String> served = serving.served().stream()
                .filter(connection -> connection.name().equals("control"))
                .flatMap(connection -> thumbprint(connection).stream())
                .findFirst();
        return served.flatMap(thumbprint -> controls.stream()
                .filter(connection -> thumbprint(connection)
                        .filter(seen -> !seen.equals(thumbprint))
                        .isPresent())
                .findFirst()
                .map(connection -> anotherCertificate(report, appliance, thumbprint, connection)));
    }

    private static Finding anotherCertificate(
            ServerReport report, String appliance, String served, ConnectionFacts seen) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("processServer", appliance);
        evidence.put("target", seen.target());
        evidence.put("served", served);
        evidence.put("seen", thumbprint(seen).orElse(""));
        ConnectionFacts.Tls tls = Objects.requireNonNull(seen.tls());
        evidence.put("issuer", String.valueOf(tls.issuer()));
        return new Finding(
                CertificatesServed.ID,
                "7",
                "fingerprint",
                Status.WARN,
                Severity.HIGH,
                report.server().name() + " is shown another certificate on " + seen.target() + " than " + appliance
                        + " serves there",
                evidence,
                "Something on the way opens TLS, or another machine answers at this address: the agent, which knows the"
                        + " appliance by the certificate's fingerprint, refuses it. Compare 'issuer', and leave 443 and 9443"
                        + " to the appliance out of TLS inspection.");
    }

    private static Optional<String> thumbprint(ConnectionFacts connection) {
        return Optional.ofNullable(connection.tls())
                .map(ConnectionFacts.Tls::thumbprint)
                .filter(thumbprint -> !thumbprint.isEmpty());
    }

    /** Which appliances name a certificate, by its thumbprint. */
    private static Map<String, Set<String>> holders(List<ServerReport> reports, Map<String, Facts> facts) {
        Map<String, Set<String>> holders = new HashMap<>();
        for (ServerReport report : reports) {
            for (String thumbprint : named(report, facts)) {
                holders.computeIfAbsent(thumbprint, key -> new TreeSet<>())
                        .add(report.server().name());
            }
        }
        return holders;
    }

    private static List<String> named(ServerReport report, Map<String, Facts> facts) {
        Facts own = facts.get(report.server().name());
        CertificateFacts certificates =
                own == null || !report.server().deployment().is(Trait.APPLIANCE)
                        ? null
                        : own.read(FactArea.CERTIFICATES);
        return certificates == null
                ? List.of()
                : certificates.named().stream()
                        .map(CertificateFacts.Named::thumbprint)
                        .distinct()
                        .toList();
    }

    private static Optional<Finding> copy(
            ServerReport report, Map<String, Facts> facts, Map<String, Set<String>> holders) {
        if (!judgedBy(report, REGISTERED)) {
            return Optional.empty();
        }
        TreeSet<String> others = new TreeSet<>();
        named(report, facts).forEach(thumbprint -> others.addAll(holders.getOrDefault(thumbprint, Set.of())));
        others.remove(report.server().name());
        if (others.isEmpty()) {
            return Optional.empty();
        }
        String names = String.join(", ", others);
        return Optional.of(new Finding(
                REGISTERED,
                "0",
                "copy",
                Status.WARN,
                Severity.HIGH,
                "it logs on to Azure with the same certificates as " + names + ": one of them is a copy of the other",
                Map.of("alike", List.copyOf(others)),
                "Microsoft does not support a cloned appliance. Switch the copy off and set up an appliance of its own; if both"
                        + " names in the inventory are one machine, take one of them out."));
    }
}
