package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.SystemFacts;
import dev.asrdoctor.policy.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A process server does nothing else (article, best practices; docs/facts.md, "Best practices"). */
final class PracticesDedicated extends AreaCheck<SystemFacts> {
    public static final Setting<Set<String>> OTHER_PRODUCTS =
            Setting.names("practices", "allowedProducts", "services of other products that may share the machine");

    private static final int BACKUP_DOMAIN_CONTROLLER = 4;

    PracticesDedicated() {
        super(
                FactArea.SYSTEM,
                new About(
                        "practices.dedicated",
                        "The machine is used for nothing else",
                        0,
                        List.of(FactArea.SYSTEM),
                        Profile.FULL,
                        About.PROCESS_SERVERS,
                        "Microsoft supports a process server only on a machine of its own. A domain controller, Hyper-V or a"
                                + " database beside it takes memory and disk in bursts, and set-up refuses some of them.",
                        "Move the other role away, or move the replicated machines to a process server of its own. A product"
                                + " that may stay is named under practices.allowedProducts in the policy.",
                        List.of(OTHER_PRODUCTS)));
    }

    @Override
    List<Finding> judge(SystemFacts system, Context context) {
        Set<String> allowed = context.get(OTHER_PRODUCTS).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>();
        if (system.domainRole() >= BACKUP_DOMAIN_CONTROLLER) {
            findings.add(finding("domain-controller")
                    .evidence("domainRole", system.domainRole())
                    .is(
                            Status.FAIL,
                            Severity.MEDIUM,
                            "it is a domain controller, which a process server must not be",
                            "Move the replicated machines to a process server on a member server."));
        }
        for (String service : system.otherProducts()) {
            boolean own = context.server().deployment().required().stream()
                    .anyMatch(required -> required.name().equalsIgnoreCase(service));
            boolean told = service.equals("NTDS") && system.domainRole() >= BACKUP_DOMAIN_CONTROLLER;
            if (!own && !told && !allowed.contains(service.toLowerCase(Locale.ROOT))) {
                String product = context.server().product().otherProducts().getOrDefault(service, service);
                findings.add(finding(service)
                        .evidence("service", service)
                        .evidence("product", product)
                        .evidence("features", system.features())
                        .is(
                                Status.WARN,
                                Severity.LOW,
                                product + " is installed beside the process server",
                                about().fix()));
            }
        }
        if (system.fips()) {
            findings.add(finding("fips")
                    .evidence("fips", true)
                    .is(
                            Status.WARN,
                            Severity.LOW,
                            "only FIPS algorithms are allowed (FIPS mode), which the product does not support",
                            "Turn off 'System cryptography: Use FIPS compliant algorithms' for this server."));
        }
        return findings.isEmpty()
                ? pass(finding("").evidence("features", system.features()), "nothing else was found on it")
                : findings;
    }
}
