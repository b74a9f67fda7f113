package dev.asrdoctor.check;

import dev.asrdoctor.facts.AntivirusFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProductFacts;
import dev.asrdoctor.inventory.Deployment;
import dev.asrdoctor.text.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The product's folders are left alone by virus scanners (article step 5; docs/facts.md, "Antivirus exclusions"). */
final class AntivirusExclusions extends AreaCheck<AntivirusFacts> {
    private static final String HIDDEN = "N/A:";
    private static final String DEFENDER_DRIVER = "WdFilter";

    private static final List<String> CONFIGURATION_SERVER = List.of(
            "C:\\Program Files\\Microsoft Azure Recovery Services Agent",
            "C:\\Program Files\\Microsoft Azure Site Recovery Provider",
            "C:\\Program Files\\Microsoft Azure Site Recovery Configuration Manager",
            "C:\\Program Files\\Microsoft Azure Site Recovery Error Collection Tool",
            "C:\\thirdparty",
            "C:\\Temp",
            "C:\\strawberry",
            "C:\\ProgramData\\MySQL",
            "C:\\Program Files (x86)\\MySQL",
            "C:\\ProgramData\\ASR",
            "C:\\ProgramData\\Microsoft Azure Site Recovery",
            "C:\\ProgramData\\ASRLogs",
            "C:\\ProgramData\\ASRSetupLogs",
            "C:\\ProgramData\\LogUploadServiceLogs",
            "C:\\inetpub");
    private static final List<String> PROCESS_SERVER = List.of(
            "C:\\Program Files\\Microsoft Azure Recovery Services Agent",
            "C:\\ProgramData\\ASR",
            "C:\\ProgramData\\ASRLogs",
            "C:\\ProgramData\\ASRSetupLogs",
            "C:\\ProgramData\\LogUploadServiceLogs",
            "C:\\ProgramData\\Microsoft Azure Site Recovery");
    /** Two documents name two folders for a source machine; either of them is what one of the documents asks. */
    private static final List<String> SOURCE_MACHINE =
            List.of("C:\\ProgramData\\ASR\\agent", "C:\\Program Files (x86)\\Microsoft Azure Site Recovery");

    AntivirusExclusions() {
        super(
                FactArea.ANTIVIRUS,
                new About(
                        "antivirus.exclusions",
                        "Virus scanners leave the product's folders alone",
                        5,
                        List.of(FactArea.ANTIVIRUS, FactArea.PRODUCT),
                        Profile.QUICK,
                        About.EVERYWHERE,
                        "A scanner that opens every file of the cache slows replication down to a stop, and locks files that the"
                                + " services are about to rename.",
                        "Windows Defender: Add-MpPreference -ExclusionPath for each missing folder, or the group policy when it"
                                + " rules the exclusions. Other products: their own console; then set antivirus.thirdPartyVerified in"
                                + " the policy.",
                        List.of(PolicySettings.MORE_EXCLUSIONS, PolicySettings.THIRD_PARTY_VERIFIED)));
    }

    @Override
    List<Finding> judge(AntivirusFacts antivirus, Context context) {
        List<Finding> findings = new ArrayList<>();
        boolean verified = context.get(PolicySettings.THIRD_PARTY_VERIFIED);
        List<String> others = antivirus.drivers() == null
                ? List.of()
                : antivirus.drivers().stream()
                        .filter(driver -> !driver.equalsIgnoreCase(DEFENDER_DRIVER))
                        .toList();
        if (!others.isEmpty() && !verified) {
            findings.add(finding("other-scanner")
                    .evidence("drivers", others)
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "another virus scanner filters files here (" + String.join(", ", others)
                                    + "); Windows cannot tell its exclusions",
                            "Look in its console that these folders are excluded: "
                                    + String.join("; ", required(context, antivirus))
                                    + ". Then set antivirus.thirdPartyVerified in the policy."));
        }
        List<String> excluded = antivirus.exclusions();
        if (excluded != null && antivirus.drivers() == null && !verified) {
            findings.add(finding("drivers")
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "whether another virus scanner filters files here could not be read",
                            "On the server, as an administrator: fltmc filters. Scanners have altitudes from 320000 to"
                                    + " 329998."));
        }
        if (excluded != null && antivirus.policyError() != null) {
            findings.add(finding("policy")
                    .evidence("error", antivirus.policyError())
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "what a group policy says of Windows Defender's exclusions could not be read, and it may add to"
                                    + " the local ones or put them out of force",
                            "Let the account read HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender, then check"
                                    + " again."));
            return findings;
        }
        if (excluded == null) {
            boolean nothingElse = antivirus.drivers() != null && others.isEmpty();
            if (nothingElse
                    && antivirus.drivers() != null
                    && antivirus.drivers().isEmpty()) {
                return pass(
                        finding("").evidence("defender", antivirus.defenderError()),
                        "no virus scanner filters files on this server");
            }
            if (others.isEmpty() || antivirus.drivers() == null) {
                findings.add(finding("defender")
                        .evidence("error", antivirus.defenderError())
                        .is(
                                Status.UNKNOWN,
                                Severity.LOW,
                                "the exclusions of Windows Defender could not be read",
                                "On the server, as an administrator: " + Commands.shown("Get-MpPreference")));
            }
            return findings.isEmpty() ? verified(others) : findings;
        }
        if (excluded.stream().anyMatch(path -> path.startsWith(HIDDEN))) {
            findings.add(finding("hidden")
                    .evidence("exclusions", excluded)
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "a policy hides Windows Defender's exclusions from this account",
                            "Let the account see them (HideExclusionsFromLocalAdmins), or look in the policy itself."));
            return findings;
        }
        findings.addAll(defender(antivirus, excluded, context));
        return findings;
    }

    private List<Finding> verified(List<String> others) {
        return pass(
                finding("").evidence("drivers", others),
                "exclusions of " + String.join(", ", others) + " were verified by hand, as the policy says");
    }

    private List<Finding> defender(AntivirusFacts antivirus, List<String> local, Context context) {
        List<String> holding = new ArrayList<>(antivirus.policyPaths());
        if (!antivirus.mergeOff()) {
            holding.addAll(local);
        }
        List<String> required = required(context, antivirus);
        List<String> missing = required.stream()
                .filter(folder -> !ExcludedPath.anyCovers(holding, folder))
                .toList();
        if (context.server().deployment() == Deployment.SOURCE_MACHINE
                && sources(context, antivirus).stream().anyMatch(folder -> !missing.contains(folder))) {
            List<String> optional = sources(context, antivirus);
            return judge(
                    antivirus,
                    required,
                    missing.stream()
                            .filter(folder -> !optional.contains(folder))
                            .toList(),
                    missing.stream().filter(optional::contains).toList());
        }
        return judge(antivirus, required, missing, List.of());
    }

    private List<Finding> judge(
            AntivirusFacts antivirus, List<String> required, List<String> missing, List<String> better) {
        boolean watching = !Boolean.FALSE.equals(antivirus.realTime());
        FindingBuilder finding = finding("")
                .evidence("missing", missing)
                .evidence("required", required.size())
                .evidence("alsoRecommended", better.isEmpty() ? null : better)
                .evidence("realTime", antivirus.realTime())
                .evidence("mode", antivirus.mode())
                .evidence("policyAlone", antivirus.mergeOff() ? (Boolean) true : null);
        if (missing.isEmpty()) {
            return pass(finding, "all folders of the product are excluded from Windows Defender");
        }
        String words = missing.size() + " of " + required.size() + " folders are not excluded from Windows Defender: "
                + String.join("; ", missing.subList(0, Math.min(3, missing.size())))
                + (missing.size() > 3 ? "; ..." : "");
        Optional<String> command =
                Commands.list(missing).map(folders -> "Add-MpPreference -ExclusionPath " + folders);
        finding.evidence("command", antivirus.mergeOff() ? null : command.orElse(null));
        String how = antivirus.mergeOff()
                ? "Add them to the group policy 'Path Exclusions' of Windows Defender: local exclusions have no effect here."
                : command.map(each -> "On the server, as an administrator: " + Commands.shown(each))
                        .orElse("Exclude them by hand: their names hold characters that no command can be trusted with.");
        return List.of(
                watching
                        ? finding.is(Status.WARN, Severity.MEDIUM, words, how)
                        : finding.is(Status.WARN, Severity.LOW, words + " (real-time protection is off now)", how));
    }

    private static List<String> required(Context context, AntivirusFacts antivirus) {
        List<String> folders = new ArrayList<>(
                switch (context.server().deployment()) {
                    case CONFIGURATION_SERVER -> onSystemDrive(CONFIGURATION_SERVER, antivirus);
                    case STANDALONE, AZURE_FAILBACK, AUTO -> onSystemDrive(PROCESS_SERVER, antivirus);
                    case SOURCE_MACHINE -> sources(context, antivirus);
                });
        String installed = installation(context.read(FactArea.PRODUCT));
        if (installed != null && context.server().deployment() != Deployment.SOURCE_MACHINE) {
            addUnlessCovered(folders, installed);
        }
        context.get(PolicySettings.MORE_EXCLUSIONS).forEach(folder -> addUnlessCovered(folders, folder));
        return folders;
    }

    private static void addUnlessCovered(List<String> folders, String folder) {
        if (!ExcludedPath.anyCovers(folders, folder)) {
            folders.add(folder);
        }
    }

    /** The folder above {@code home\svsystems}. */
    private static @Nullable String installation(@Nullable ProductFacts product) {
        String root = product == null ? null : product.serverRoot();
        return root == null ? null : root.replaceFirst("(?i)\\\\home\\\\svsystems\\\\?$", "");
    }

    private static List<String> sources(Context context, AntivirusFacts antivirus) {
        List<String> folders = new ArrayList<>(onSystemDrive(SOURCE_MACHINE, antivirus));
        ProductFacts product = context.read(FactArea.PRODUCT);
        if (product != null && product.agentRoot() != null && !ExcludedPath.anyCovers(folders, product.agentRoot())) {
            folders.set(1, product.agentRoot());
        }
        return folders;
    }

    private static List<String> onSystemDrive(List<String> folders, AntivirusFacts antivirus) {
        String windows = antivirus.systemDrive();
        return windows.length() < 2 || windows.charAt(1) != ':'
                ? folders
                : folders.stream()
                        .map(folder -> windows.charAt(0) + folder.substring(1))
                        .toList();
    }
}
