package dev.asrdoctor.check;

import dev.asrdoctor.facts.ApplianceFacts;
import dev.asrdoctor.facts.CertificateFacts;
import dev.asrdoctor.facts.CertificateFacts.Certificate;
import dev.asrdoctor.facts.CertificateFacts.Named;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an appliance proves to Azure who it is by (docs/facts.md, "Certificates of the appliance"). */
final class CertificatesAppliance extends AreaCheck<CertificateFacts> {
    public static final Setting<Duration> APPLIANCE_CERTIFICATE_WARN = Setting.time(
            "appliance",
            "certificateWarn",
            Duration.ofDays(30),
            "a certificate of the appliance that ends within this time warns");

    CertificatesAppliance() {
        super(
                FactArea.CERTIFICATES,
                new About(
                        "certificates.appliance",
                        "The certificates by which the appliance logs on to Azure hold",
                        3,
                        List.of(FactArea.CERTIFICATES, FactArea.APPLIANCE),
                        Profile.QUICK,
                        About.APPLIANCES,
                        "Each part of an appliance logs on to Azure with a certificate. When one has run out, is missing or lacks its"
                                + " private key, the part goes critical in the portal (549003, 549005, 549007, 549009, 549011 or 305).",
                        "In the configuration manager bring all components to the newest version, then Certificate renewal, Renew"
                                + " certificate, and give the portal an hour.",
                        List.of(APPLIANCE_CERTIFICATE_WARN)));
    }

    @Override
    List<Finding> judge(CertificateFacts facts, Context context) {
        ApplianceFacts appliance = context.read(FactArea.APPLIANCE);
        if (appliance != null && Boolean.FALSE.equals(appliance.configuration().tellsRegistered())) {
            return skipped("it has not registered; see appliance.registered");
        }
        if (facts.storeError() != null) {
            return List.of(finding("store")
                    .evidence("error", facts.storeError())
                    .is(
                            Status.UNKNOWN,
                            Severity.MEDIUM,
                            "the certificates of this machine could not be read",
                            "Let the account read the certificates of the local computer (certlm.msc)."));
        }
        Map<String, List<String>> places = new LinkedHashMap<>();
        for (Named named : facts.named()) {
            places.computeIfAbsent(named.thumbprint(), key -> new ArrayList<>()).add(named.place());
        }
        if (places.isEmpty()) {
            return List.of(finding("")
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "none of its files and keys names a certificate, so which ones count is not known",
                            "Look at Certificate renewal in the configuration manager."));
        }
        boolean elsewhere = places.keySet().stream()
                .noneMatch(thumbprint -> in(facts, thumbprint).isPresent());
        if (elsewhere) {
            return List.of(finding("elsewhere")
                    .evidence("named", places.size())
                    .is(
                            Status.UNKNOWN,
                            Severity.MEDIUM,
                            "none of the certificates that its files name is in the machine's store: this version may keep them"
                                    + " elsewhere",
                            "Look at Certificate renewal in the configuration manager."));
        }
        List<Finding> findings = new ArrayList<>();
        places.forEach((thumbprint, where) -> findings.add(judge(thumbprint, where, facts, context)));
        return findings.stream().allMatch(finding -> finding.status() == Status.PASS)
                ? pass(
                        finding("").evidence("certificates", places.size()),
                        "all " + Words.count(places.size(), "certificate") + " that its files name hold")
                : findings.stream()
                        .filter(finding -> finding.status() != Status.PASS)
                        .toList();
    }

    private static Optional<Certificate> in(CertificateFacts facts, String thumbprint) {
        return facts.store().stream()
                .filter(certificate -> certificate.thumbprint().equalsIgnoreCase(thumbprint))
                .findFirst();
    }

    private Finding judge(String thumbprint, List<String> places, CertificateFacts facts, Context context) {
        FindingBuilder finding =
                finding(places.getFirst()).evidence("thumbprint", thumbprint).evidence("namedBy", places);
        Optional<Certificate> found = in(facts, thumbprint);
        if (found.isEmpty()) {
            return finding.evidence("problem", "missing")
                    .is(
                            Status.FAIL,
                            Severity.HIGH,
                            "the certificate that " + places.getFirst() + " names is not in the machine's store",
                            about().fix());
        }
        Certificate certificate = found.get();
        // The controller's clock: the server's own may be what is wrong.
        Instant now = context.facts().readAt();
        Duration left = Duration.between(now, certificate.notAfter());
        String name = certificate.subject() + " (" + places.getFirst() + ")";
        finding.evidence("subject", certificate.subject())
                .evidence("notAfter", certificate.notAfter().toString())
                .evidence("daysLeft", left.toDays());
        if (!certificate.privateKey()) {
            return finding.evidence("problem", "no-private-key")
                    .is(
                            Status.FAIL,
                            Severity.HIGH,
                            "the certificate " + name + " is there without its private key",
                            about().fix());
        }
        if (left.isNegative()) {
            return finding.evidence("problem", "expired")
                    .is(
                            Status.FAIL,
                            Severity.CRITICAL,
                            "the certificate " + name + " has expired on " + day(certificate.notAfter()),
                            about().fix());
        }
        if (left.compareTo(context.get(APPLIANCE_CERTIFICATE_WARN)) < 0) {
            return finding.evidence("problem", "expires")
                    .is(
                            Status.WARN,
                            Severity.MEDIUM,
                            "the certificate " + name + " expires on " + day(certificate.notAfter()) + ", in "
                                    + Words.duration(left),
                            about().fix());
        }
        return finding.is(Status.PASS, Severity.INFO, "the certificate " + name + " holds", null);
    }

    static String day(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
