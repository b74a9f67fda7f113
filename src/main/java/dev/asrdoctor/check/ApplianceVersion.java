package dev.asrdoctor.check;

import dev.asrdoctor.facts.ApplianceFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HostFacts;
import java.util.ArrayList;
import java.util.List;

/** An appliance updates itself and stands on a Windows that it is supported on (docs/facts.md, "Versions of the appliance"). */
final class ApplianceVersion extends AreaCheck<ApplianceFacts> {
    private static final List<String> SUPPORTED = List.of("10.0.17763", "10.0.20348");

    ApplianceVersion() {
        super(
                FactArea.APPLIANCE,
                new About(
                        "appliance.version",
                        "The appliance keeps itself up to date",
                        0,
                        List.of(FactArea.APPLIANCE, FactArea.HOST),
                        Profile.QUICK,
                        About.APPLIANCES,
                        "Parts of an appliance and the agents of its machines update themselves at midnight. Where that is off, they"
                                + " fall out of support after four releases, and renewed certificates need new versions.",
                        "Turn auto-update on in the configuration manager, or update all parts there at least every few months; with"
                                + " private endpoints there is no other way.",
                        List.of()));
    }

    @Override
    List<Finding> judge(ApplianceFacts appliance, Context context) {
        List<Finding> findings = new ArrayList<>();
        if (Long.valueOf(0).equals(appliance.autoUpdate())) {
            findings.add(finding("auto-update")
                    .evidence("autoUpdate", appliance.autoUpdate())
                    .is(Status.WARN, Severity.LOW, "its auto-update is switched off", about().fix()));
        } else if ("false".equals(appliance.autoUpdateFile())) {
            findings.add(finding("auto-update")
                    .evidence("autoUpdateFile", appliance.autoUpdateFile())
                    .is(Status.WARN, Severity.LOW, "AutoUpdater.json says that its auto-update is off", about().fix()));
        }
        HostFacts host = context.read(FactArea.HOST);
        if (host != null && SUPPORTED.stream().noneMatch(host.osVersion()::startsWith)) {
            findings.add(finding("windows")
                    .evidence("windows", host.osCaption())
                    .evidence("version", host.osVersion())
                    .is(
                            Status.WARN,
                            Severity.LOW,
                            "it stands on " + host.osCaption() + ", not on Windows Server 2019 or 2022",
                            "Set up another appliance on Windows Server 2022 and move the machines to it; Windows is not upgraded"
                                    + " in place there."));
        }
        return findings.isEmpty()
                ? pass(
                        finding("")
                                .evidence(
                                        "programs",
                                        appliance.programs().stream()
                                                .map(program -> program.name() + " " + program.version())
                                                .toList()),
                        "its auto-update is not switched off")
                : findings;
    }
}
