package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.facts.AntivirusFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.Setting;
import java.util.List;

/** Adds the product's folders to Windows Defender's exclusions (article step 5; docs/facts.md, "Antivirus exclusions"). */
final class ExcludeFolders implements Remedy.Plan {
    static final Setting<RemedyMode> MODE =
            Setting.mode("exclusions", RemedyMode.NEVER, "add missing folders to Windows Defender's exclusions");

    static final String DEFENDER = "Windows Defender";

    @Override
    public void plan(Patient patient, Draft draft) {
        AntivirusFacts antivirus = patient.facts().read(FactArea.ANTIVIRUS);
        for (Finding finding : patient.wrong("antivirus.exclusions")) {
            List<String> missing = missing(finding);
            if (missing.isEmpty() || antivirus == null) {
                continue;
            }
            if (antivirus.mergeOff()) {
                draft.hold(HeldBack.of(
                        Remedy.EXCLUDE,
                        DEFENDER,
                        "policy-alone",
                        "a group policy alone decides on exclusions here; add " + String.join("; ", missing)
                                + " there"));
            } else {
                draft.add(Step.of(
                                Remedy.EXCLUDE,
                                Step.Action.EXCLUDE_FOLDERS,
                                DEFENDER,
                                "antivirus.exclusions: " + missing.size() + " folders of the product are not excluded")
                        .change(
                                antivirus.exclusions() == null
                                        ? "0"
                                        : Integer.toString(
                                                antivirus.exclusions().size()),
                                String.join("|", missing)));
            }
        }
    }

    static List<String> missing(Finding finding) {
        return finding.evidence().get("missing") instanceof List<?> folders
                ? folders.stream().map(String::valueOf).toList()
                : List.of();
    }
}
