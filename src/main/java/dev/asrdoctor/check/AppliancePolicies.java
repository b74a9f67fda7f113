package dev.asrdoctor.check;

import dev.asrdoctor.facts.ApplianceFacts;
import dev.asrdoctor.facts.ApplianceFacts.Policy;
import dev.asrdoctor.facts.FactArea;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** No policy forbids what the appliance needs (docs/facts.md, "Policies and the appliance"). */
final class AppliancePolicies extends AreaCheck<ApplianceFacts> {
    private static final Set<String> SIGNED_ALONE = Set.of("allsigned", "restricted");

    AppliancePolicies() {
        super(
                FactArea.APPLIANCE,
                new About(
                        "appliance.policies",
                        "No policy forbids what the appliance needs",
                        0,
                        List.of(FactArea.APPLIANCE),
                        Profile.QUICK,
                        About.APPLIANCES,
                        "The configuration manager refuses to go on where the registry's tools, the command prompt or scripts are"
                                + " forbidden: registration, renewal of certificates and updates by hand stand still.",
                        "Take the appliance out of the group policy that sets it, or exclude this server from it.",
                        List.of()));
    }

    @Override
    List<Finding> judge(ApplianceFacts appliance, Context context) {
        List<Finding> findings = new ArrayList<>();
        for (Policy policy : appliance.policies()) {
            if (forbids(policy)) {
                findings.add(finding(policy.name())
                        .evidence("policy", policy.name())
                        .evidence("value", policy.value())
                        .is(
                                Status.WARN,
                                Severity.MEDIUM,
                                "the policy " + policy.name() + " (" + policy.value()
                                        + ") forbids what the configuration manager needs",
                                about().fix()));
            }
        }
        if (!appliance.policiesUnread().isEmpty()) {
            findings.add(finding("unread")
                    .evidence("keys", appliance.policiesUnread())
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "policies could not be read: " + String.join("; ", appliance.policiesUnread()),
                            "Let the account read these keys."));
        }
        return findings.isEmpty()
                ? pass(finding(""), "no policy forbids what the appliance needs, of those that are known to")
                : findings;
    }

    /** A policy that takes something away is on where its value is not 0, whatever one of the pages says. */
    private static boolean forbids(Policy policy) {
        return switch (policy.name()) {
            case "DisableRegistryTools", "DisableCMD" -> !policy.value().equals("0");
            case "UseTrustedHandlers" -> policy.value().equals("3");
            case "EnableScripts" -> policy.value().equals("0");
            case "ExecutionPolicy" -> SIGNED_ALONE.contains(policy.value().toLowerCase(Locale.ROOT));
            default -> false;
        };
    }
}
