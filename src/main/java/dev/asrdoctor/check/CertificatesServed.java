package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ServingFacts;
import dev.asrdoctor.facts.SourceFacts;
import dev.asrdoctor.facts.TransportFacts;
import dev.asrdoctor.product.Trait;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that an appliance shows are in date, as seen on itself and on its source machines (docs/facts.md,
 * "Certificates of the appliance").
 */
final class CertificatesServed extends AreaCheck<TransportFacts> {
    static final String ID = "certificates.served";

    /** An agent's and the servers' own may live for a day and renew themselves; of such a short one nothing is told in advance. */
    private static final Duration LONG_LIVED = Duration.ofDays(30);

    private static final Duration NEARLY_OVER = Duration.ofDays(3);

    CertificatesServed() {
        super(
                FactArea.TRANSPORT,
                new About(
                        ID,
                        "The certificates that the appliance shows are in date",
                        7,
                        List.of(FactArea.TRANSPORT, FactArea.SERVING, FactArea.SOURCE),
                        Profile.QUICK,
                        About.AROUND_APPLIANCES,
                        "Mobility agents refuse a proxy server (443) or process server (9443) whose certificate has run out: no"
                                + " settings, no recovery points. The configuration manager's (44368) holds for a year and is not renewed"
                                + " by itself.",
                        "443 and 9443: bring the appliance's components to the newest version, wait an hour, then restart its two proxy"
                                + " services, or Process Server and Process Server Monitor. 44368: on the appliance, as an administrator,"
                                + " WebBinding.ps1 in C:\\Program Files\\Microsoft Azure Appliance Configuration"
                                + " Manager\\Scripts\\PowerShell.",
                        List.of(CertificatesAppliance.APPLIANCE_CERTIFICATE_WARN)));
    }

    @Override
    List<Finding> judge(TransportFacts transport, Context context) {
        ServingFacts serving = context.read(FactArea.SERVING);
        SourceFacts source = context.read(FactArea.SOURCE);
        boolean own = context.server().deployment().is(Trait.APPLIANCE);
        List<Finding> findings = new ArrayList<>();
        add(findings, "data", transport.answer(), context);
        Stream.concat(
                        own && serving != null ? serving.served().stream() : Stream.empty(),
                        source == null || source.controls() == null ? Stream.empty() : source.controls().stream())
                .forEach(connection -> add(
                        findings, connection.name().equals("manager") ? "manager" : "control", connection, context));
        return findings.isEmpty() ? skipped("no certificate was seen") : findings;
    }

    private void add(List<Finding> findings, String of, @Nullable ConnectionFacts connection, Context context) {
        boolean told = findings.stream().anyMatch(finding -> finding.subject().equals(of));
        if (connection != null && connection.tls() != null && connection.tls().notAfter() != null && !told) {
            findings.add(judge(of, connection, context));
        }
    }

    private Finding judge(String of, ConnectionFacts connection, Context context) {
        ConnectionFacts.Tls tls = Objects.requireNonNull(connection.tls());
        Instant ends = Objects.requireNonNull(tls.notAfter());
        Instant begins = tls.notBefore();
        // The controller's clock: the server's own may be what is wrong.
        Duration left = Duration.between(context.facts().readAt(), ends);
        Duration life = begins == null ? Duration.ZERO : Duration.between(begins, ends);
        boolean manager = of.equals("manager");
        String which = (manager
                        ? "the configuration manager's certificate on "
                        : of.equals("data")
                                ? "the certificate of the data port "
                                : "the certificate of the control port ")
                + connection.target();
        FindingBuilder finding = finding(of)
                .evidence("target", connection.target())
                .evidence("subject", tls.subject())
                .evidence("thumbprint", tls.thumbprint())
                .evidence("notAfter", ends.toString())
                .evidence("daysLeft", left.toDays())
                .evidence("expired", left.isNegative())
                .evidence("processServer", context.server().role().processServer());
        if (left.isNegative()) {
            return finding.is(
                    manager ? Status.WARN : Status.FAIL,
                    manager ? Severity.MEDIUM : Severity.CRITICAL,
                    which + " has expired on " + CertificatesAppliance.day(ends),
                    about().fix());
        }
        boolean soon = manager
                ? left.compareTo(context.get(CertificatesAppliance.APPLIANCE_CERTIFICATE_WARN)) < 0
                : life.compareTo(LONG_LIVED) > 0 && left.compareTo(NEARLY_OVER) < 0;
        return soon
                ? finding.is(
                        Status.WARN,
                        Severity.LOW,
                        which + " expires on " + CertificatesAppliance.day(ends) + ", in " + Words.duration(left),
                        about().fix())
                : finding.is(
                        Status.PASS, Severity.INFO, which + " holds until " + CertificatesAppliance.day(ends), null);
    }
}
