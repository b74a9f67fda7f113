package dev.asrdoctor.check;

import dev.asrdoctor.facts.CertificateFacts;
import dev.asrdoctor.facts.CertificateFacts.Certificate;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HostFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.Strings;

/** An appliance is called what it was called at set-up (docs/facts.md, "Names of the appliance"). */
final class ApplianceNames extends AreaCheck<CertificateFacts> {
    private static final String MANAGER = "dr appliance config manager cert";

    ApplianceNames() {
        super(
                FactArea.CERTIFICATES,
                new About(
                        "appliance.names",
                        "The appliance has kept its name",
                        6,
                        List.of(FactArea.CERTIFICATES, FactArea.HOST),
                        Profile.QUICK,
                        About.APPLIANCES,
                        "Source machines find the appliance by the name that it had at set-up, and so do its certificates. Microsoft"
                                + " supports no change of it.",
                        "Give the machine its old name back, or set up another appliance and move the machines to it.",
                        List.of()));
    }

    @Override
    List<Finding> judge(CertificateFacts facts, Context context) {
        HostFacts host = context.read(FactArea.HOST);
        // The newest: a renewal by hand makes one with the name of that day.
        Optional<Certificate> manager = facts.store().stream()
                .filter(certificate -> certificate.friendlyName() != null
                        && certificate.friendlyName().toLowerCase(Locale.ROOT).endsWith(MANAGER))
                .reduce((one, other) -> other.notBefore().isAfter(one.notBefore()) ? other : one);
        if (host == null || manager.isEmpty()) {
            return skipped("nothing tells what it was called at set-up");
        }
        String then = Strings.CI.removeStart(manager.get().subject(), "CN=");
        FindingBuilder finding =
                finding("").evidence("computerName", host.computerName()).evidence("certificate", then);
        return StringUtils.substringBefore(then, ".").equalsIgnoreCase(host.computerName())
                ? pass(finding, "it is called " + host.computerName() + ", as at set-up")
                : List.of(finding.is(
                        Status.WARN,
                        Severity.HIGH,
                        "it is called " + host.computerName() + ", but its configuration manager was set up as " + then,
                        about().fix()));
    }
}
