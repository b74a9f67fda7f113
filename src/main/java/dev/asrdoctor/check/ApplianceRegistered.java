package dev.asrdoctor.check;

import dev.asrdoctor.facts.ApplianceFacts;
import dev.asrdoctor.facts.FactArea;
import java.util.ArrayList;
import java.util.List;

/** An appliance has registered with its vault, and so have its parts (docs/facts.md, "Registration of the appliance"). */
final class ApplianceRegistered extends AreaCheck<ApplianceFacts> {
    ApplianceRegistered() {
        super(
                FactArea.APPLIANCE,
                new About(
                        "appliance.registered",
                        "The appliance has registered with its vault",
                        0,
                        List.of(FactArea.APPLIANCE),
                        Profile.QUICK,
                        About.APPLIANCES,
                        "Until an appliance has registered, its parts are installed and do nothing, and no machine can be joined to"
                                + " it.",
                        "Finish the registration in the configuration manager (https://NAME:44368). asrdoctor never registers,"
                                + " resets or edits an appliance.",
                        List.of()));
    }

    @Override
    List<Finding> judge(ApplianceFacts appliance, Context context) {
        ApplianceFacts.Configuration configuration = appliance.configuration();
        FindingBuilder finding = finding("")
                .evidence("found", configuration.found())
                .evidence("registered", configuration.registered())
                .evidence("settings", configuration.settings())
                .evidence("fabricType", configuration.fabricType());
        Boolean registered = configuration.tellsRegistered();
        if (registered == null || configuration.registered() == null) {
            return List.of(finding.evidence("error", configuration.error())
                    .is(
                            Status.UNKNOWN,
                            Severity.MEDIUM,
                            "whether it has registered is not known: appliance.json "
                                    + (!configuration.found()
                                            ? "was not found"
                                            : configuration.error() == null ? "does not say it" : "could not be read"),
                            "Let the account read C:\\ProgramData\\Microsoft Azure\\Config\\appliance.json, and look at the"
                                    + " configuration manager."));
        }
        if (!registered && configuration.registered().equals("true")) {
            return List.of(finding.is(
                    Status.WARN,
                    Severity.MEDIUM,
                    "it says that it has registered, but has no settings of a registration",
                    about().fix()));
        }
        if (!registered) {
            return List.of(finding.is(
                    Status.FAIL,
                    Severity.HIGH,
                    "it has not registered with a vault, so nothing is replicated by it",
                    about().fix()));
        }
        List<Finding> findings = parts(appliance);
        return findings.isEmpty() ? pass(finding, "it has registered with a vault, and so have its parts") : findings;
    }

    private List<Finding> parts(ApplianceFacts appliance) {
        List<Finding> findings = new ArrayList<>();
        for (ApplianceFacts.Component component : appliance.components()) {
            if ("false".equals(component.registered()) || "false".equals(component.configured())) {
                findings.add(finding(component.file())
                        .evidence("configured", component.configured())
                        .evidence("registered", component.registered())
                        .is(
                                Status.WARN,
                                Severity.MEDIUM,
                                "the appliance has registered, but its part " + component.file()
                                        + " says that it has not",
                                "Look at the appliance's components in the configuration manager."));
            } else if (component.error() != null) {
                findings.add(finding(component.file())
                        .evidence("error", component.error())
                        .is(
                                Status.UNKNOWN,
                                Severity.LOW,
                                component.file() + " could not be read",
                                "Let the account read C:\\ProgramData\\Microsoft Azure\\Config."));
            }
        }
        return findings;
    }
}
