package dev.asrdoctor.check;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.ProductService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every required service but the MARS agent starts by itself (article step 2). */
final class ServicesStartType extends AreaCheck<ServicesFacts> {
    ServicesStartType() {
        super(
                FactArea.SERVICES,
                new About(
                        "services.start-type",
                        "Required services start automatically",
                        2,
                        List.of(FactArea.SERVICES),
                        Profile.QUICK,
                        About.EVERYWHERE,
                        "A service that does not start by itself stays down after the next boot, which is often the monthly patch night.",
                        "Set the start type to Automatic or Automatic (Delayed Start): `sc.exe config \"NAME\" start= delayed-auto`"
                                + " Only the MARS agent (obengine) may have another.",
                        List.of(ServiceLimits.DISABLED_ON_PURPOSE)));
    }

    @Override
    Finding unreadable(Area.Unreadable<ServicesFacts> area) {
        return ServiceFindings.unreadable(this, area);
    }

    @Override
    List<Finding> judge(ServicesFacts services, Context context) {
        ResolvedServer server = context.server();
        Policy policy = context.policy();
        List<Finding> findings = new ArrayList<>();
        int right = 0;
        for (ProductService required : server.deployment().required()) {
            Optional<ServiceFact> found = Installed.find(services, required);
            if (found.isEmpty() || required.anyStartType()) {
                continue;
            }
            StartType startType = found.get().startType();
            if (startType == StartType.AUTOMATIC || startType == StartType.AUTOMATIC_DELAYED) {
                right++;
            } else {
                findings.add(wrong(required, found.get(), services, policy));
            }
        }
        if (right > 0 && findings.stream().allMatch(finding -> finding.status() == Status.SKIPPED)) {
            findings.addFirst(finding("")
                    .evidence("automatic", right)
                    .is(Status.PASS, Severity.INFO, "all " + right + " services start automatically", null));
        }
        if (findings.isEmpty()) {
            findings.add(finding("")
                    .is(
                            Status.SKIPPED,
                            Severity.INFO,
                            "none of the services whose start type is judged is installed",
                            null));
        }
        return findings;
    }

    private Finding wrong(ProductService required, ServiceFact service, ServicesFacts services, Policy policy) {
        String name = service.name();
        StartType startType = service.startType();
        FindingBuilder finding =
                ServiceFindings.about(this, service, services).evidence("expected", "automatic or automatic-delayed");
        if (startType == null) {
            return finding.is(
                    Status.UNKNOWN,
                    Severity.MEDIUM,
                    "the start type of " + name + " could not be read",
                    "Check that the account may read HKLM\\SYSTEM\\CurrentControlSet\\Services\\" + name + ".");
        }
        if (startType == StartType.DISABLED && ServiceLimits.disabledOnPurpose(policy, service)) {
            return finding.is(
                    Status.SKIPPED, Severity.INFO, name + " is disabled on purpose, as the policy says", null);
        }
        finding.evidence("problem", "wrong-start-type")
                .evidence(
                        "untilRegistered",
                        (required.manualUntilRegistered() && startType == StartType.MANUAL) ? (Boolean) true : null);
        if (required.startTypeInferred() && startType == StartType.MANUAL) {
            return finding.is(
                    Status.WARN,
                    Severity.LOW,
                    name + " has start type Manual, so it may stay down after a boot",
                    "No document tells how set-up leaves it. Look whether it has come up by itself after the last boot before"
                            + " you change it.");
        }
        return finding.is(
                Status.FAIL,
                Severity.MEDIUM,
                name + " has start type " + startType.shown() + ", so it stays down after a boot",
                nextAction(required, name, startType));
    }

    private static String nextAction(ProductService required, String name, StartType startType) {
        if (startType == StartType.DISABLED) {
            return ServiceFindings.ifDisabled(name);
        }
        String set = ServiceFindings.setAutomatic(name);
        return required.manualUntilRegistered() && startType == StartType.MANUAL
                ? "Set-up leaves it at Manual until the agent has registered: check the registration with the configuration"
                        + " server first. If it is registered: " + set
                : "Run on the server: " + set;
    }
}
