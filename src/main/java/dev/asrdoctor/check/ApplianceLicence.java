package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.LicenceFacts;
import dev.asrdoctor.facts.LicenceFacts.Licence;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The licence of an appliance's Windows does not run out (docs/facts.md, "Licence of the appliance"). */
final class ApplianceLicence extends AreaCheck<LicenceFacts> {
    public static final Setting<Duration> LICENCE_WARN = Setting.time(
            "appliance",
            "licenceWarn",
            Duration.ofDays(30),
            "a licence for evaluation that ends within this time warns");

    private static final int LICENSED = 1;

    ApplianceLicence() {
        super(
                FactArea.LICENCE,
                new About(
                        "appliance.licence",
                        "The licence of Windows does not run out",
                        0,
                        List.of(FactArea.LICENCE),
                        Profile.FULL,
                        About.APPLIANCES,
                        "The template of the appliance comes with a licence for evaluation of 180 days. After that Windows shuts"
                                + " itself down every hour, and replication with it.",
                        "Activate Windows with a key of your own before the day, or set up another appliance in time.",
                        List.of(LICENCE_WARN)));
    }

    @Override
    List<Finding> judge(LicenceFacts facts, Context context) {
        Optional<Licence> trial =
                facts.licences().stream().filter(Licence::evaluation).findFirst();
        if (trial.isEmpty()) {
            return facts.licences().isEmpty()
                    ? skipped("Windows tells of no licence")
                    : pass(finding(""), "Windows has no licence for evaluation");
        }
        Duration left = Duration.ofMinutes(trial.get().graceMinutes());
        FindingBuilder finding =
                finding("evaluation").evidence("status", trial.get().status()).evidence("daysLeft", left.toDays());
        if (trial.get().status() != LICENSED || left.isZero()) {
            return List.of(finding.is(
                    Status.WARN,
                    Severity.HIGH,
                    "its Windows runs on a licence for evaluation that has run out",
                    about().fix()));
        }
        return left.compareTo(context.get(LICENCE_WARN)) < 0
                ? List.of(finding.is(
                        Status.WARN,
                        Severity.MEDIUM,
                        "its Windows runs on a licence for evaluation that ends in " + Words.duration(left),
                        about().fix()))
                : pass(finding, "its licence for evaluation holds for " + Words.duration(left));
    }
}
