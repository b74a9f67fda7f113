package dev.asrdoctor.check;

import dev.asrdoctor.facts.AntivirusFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProductFacts;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.product.Exclusions;
import dev.asrdoctor.text.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The product's folders are left alone by virus scanners (article step 5; docs/facts.md, "Antivirus exclusions"). */
final class AntivirusExclusions extends AreaCheck<AntivirusFacts> {
    public static final Setting<Set<String>> MORE_EXCLUSIONS =
            Setting.names("antivirus", "folders", "further folders that have to be excluded");
    public static final Setting<Boolean> THIRD_PARTY_VERIFIED = Setting.flag(
            "antivirus", "thirdPartyVerified", false, "exclusions of other scanners were verified by hand");

    /** Stands in a product's list for where it keeps its cache. */
    private static final String CACHE = "{cache}";

    private static final String HIDDEN = "N/A:";

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
                        List.of(MORE_EXCLUSIONS, THIRD_PARTY_VERIFIED)));
    }

    @Override
    List<Finding> judge(AntivirusFacts antivirus, Context context) {
        List<String> others = others(antivirus);
        List<Finding> findings = new ArrayList<>();
        if (!others.isEmpty() && !context.get(THIRD_PARTY_VERIFIED)) {
            findings.add(otherScanner(antivirus, context, others));
        }
        switch (DefenderFilters.of(antivirus, !others.isEmpty())) {
            case YES -> {
                if (antivirus.drivers() == null && !context.get(THIRD_PARTY_VERIFIED)) {
                    findings.add(filtersUnread());
                }
                findings.addAll(defender(antivirus, context));
            }
            case NO -> {
                if (others.isEmpty()) {
                    findings.add(nothingElse(antivirus));
                }
            }
            case UNKNOWN -> {
                if (findings.isEmpty()) {
                    findings.add(unclear(
                            antivirus,
                            "defender",
                            "whether Windows Defender filters files on this server could not be read"));
                }
            }
        }
        return findings.isEmpty() ? verified(others) : findings;
    }

    /** Drivers and services of scanners other than Defender. */
    private static List<String> others(AntivirusFacts antivirus) {
        return Stream.concat(
                        Stream.ofNullable(antivirus.drivers())
                                .flatMap(List::stream)
                                .filter(driver -> !driver.equalsIgnoreCase(DefenderFilters.DRIVER)),
                        Stream.ofNullable(antivirus.scanners()).flatMap(List::stream))
                .toList();
    }

    private Finding otherScanner(AntivirusFacts antivirus, Context context, List<String> others) {
        boolean filters = antivirus.drivers() != null && others.stream().anyMatch(antivirus.drivers()::contains);
        return finding("other-scanner")
                .evidence(filters ? "drivers" : "services", others)
                .is(
                        Status.UNKNOWN,
                        Severity.LOW,
                        filters
                                ? "another virus scanner filters files here (" + String.join(", ", others)
                                        + "); Windows cannot tell its exclusions"
                                : "another virus scanner is installed here (" + named(others)
                                        + "); Windows cannot tell its exclusions",
                        "Look in its console that these folders are excluded: "
                                + String.join("; ", required(context, antivirus))
                                + ". Then set antivirus.thirdPartyVerified in the policy.");
    }

    private static String named(List<String> services) {
        return services.stream()
                .map(service -> OtherScanners.BY_SERVICE.getOrDefault(service, service) + ", service " + service)
                .collect(Collectors.joining("; "));
    }

    private Finding filtersUnread() {
        return finding("drivers")
                .is(
                        Status.UNKNOWN,
                        Severity.LOW,
                        "whether another virus scanner filters files here could not be read",
                        "On the server, as an administrator: fltmc filters. Scanners have altitudes from 320000 to 329998.");
    }

    /** Defender leaves files alone, and nothing else is known that does not. */
    private Finding nothingElse(AntivirusFacts antivirus) {
        if (DefenderFilters.standsBack(antivirus)) {
            return unclear(
                    antivirus,
                    "passive",
                    "Windows Defender leaves files to another scanner (" + antivirus.mode()
                            + "), and which one is not known");
        }
        if (antivirus.drivers() == null || antivirus.scanners() == null) {
            return unclear(
                    antivirus,
                    "scanner",
                    "Windows Defender does not filter files here; whether another scanner does could not be read");
        }
        return finding("")
                .evidence("defender", antivirus.defenderError())
                .evidence("realTime", antivirus.realTime())
                .evidence("mode", antivirus.mode())
                .is(
                        Status.PASS,
                        Severity.INFO,
                        antivirus.defender()
                                ? "no virus scanner filters files on this server (Windows Defender's real-time protection is off)"
                                : "no virus scanner filters files on this server",
                        null);
    }

    private Finding unclear(AntivirusFacts antivirus, String subject, String title) {
        return finding(subject)
                .evidence("error", antivirus.defenderError())
                .evidence("realTime", antivirus.realTime())
                .evidence("mode", antivirus.mode())
                .evidence("drivers", antivirus.drivers())
                .is(
                        Status.UNKNOWN,
                        Severity.LOW,
                        title,
                        "Find out which scanner filters files there (Get-MpComputerStatus tells Windows Defender's mode, fltmc the"
                                + " filters), and look in its console that the product's folders are excluded. Then set"
                                + " antivirus.thirdPartyVerified in the policy.");
    }

    private List<Finding> defender(AntivirusFacts antivirus, Context context) {
        List<String> excluded = antivirus.exclusions();
        if (excluded == null) {
            return List.of(finding("defender")
                    .evidence("error", antivirus.defenderError())
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "the exclusions of Windows Defender could not be read",
                            "On the server, as an administrator: " + Commands.shown("Get-MpPreference")));
        }
        if (antivirus.policyError() != null) {
            return List.of(finding("policy")
                    .evidence("error", antivirus.policyError())
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "what a group policy says of Windows Defender's exclusions could not be read, and it may add to"
                                    + " the local ones or put them out of force",
                            "Let the account read HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender, then check"
                                    + " again."));
        }
        if (excluded.stream().anyMatch(path -> path.startsWith(HIDDEN))) {
            return List.of(finding("hidden")
                    .evidence("exclusions", excluded)
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "a policy hides Windows Defender's exclusions from this account",
                            "Let the account see them (HideExclusionsFromLocalAdmins), or look in the policy itself."));
        }
        return defender(antivirus, excluded, context);
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
                .filter(Predicate.not(ExcludedPath.covering(holding)))
                .toList();
        List<String> optional = either(context, antivirus);
        if (optional.stream().anyMatch(folder -> !missing.contains(folder))) {
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
        Optional<String> command = Commands.list(missing).map(folders -> "Add-MpPreference -ExclusionPath " + folders);
        finding.evidence("command", antivirus.mergeOff() ? null : command.orElse(null));
        String how = antivirus.mergeOff()
                ? "Add them to the group policy 'Path Exclusions' of Windows Defender: local exclusions have no effect here."
                : command.map(each -> "On the server, as an administrator: " + Commands.shown(each))
                        .orElse(
                                "Exclude them by hand: their names hold characters that no command can be trusted with.");
        return List.of(finding.is(Status.WARN, Severity.MEDIUM, words, how));
    }

    private static List<String> required(Context context, AntivirusFacts antivirus) {
        ProductFacts product = context.read(FactArea.PRODUCT);
        String cache = product == null ? null : product.cacheRoot();
        List<String> folders = new ArrayList<>(onSystemDrive(
                exclusions(context).all().stream()
                        .filter(folder -> !folder.equals(CACHE))
                        .toList(),
                antivirus));
        if (cache != null && exclusions(context).all().contains(CACHE)) {
            folders.add(cache);
        }
        folders.addAll(either(context, antivirus));
        String installed = installation(context.read(FactArea.PRODUCT));
        if (installed != null && exclusions(context).anyOf().isEmpty()) {
            addUnlessCovered(folders, installed);
        }
        context.get(MORE_EXCLUSIONS).forEach(folder -> addUnlessCovered(folders, folder));
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

    private static Exclusions exclusions(Context context) {
        return context.server().deployment().exclusions();
    }

    /** Documents name different folders; each of them is what one of the documents asks. */
    private static List<String> either(Context context, AntivirusFacts antivirus) {
        List<String> folders = new ArrayList<>(onSystemDrive(exclusions(context).anyOf(), antivirus));
        ProductFacts product = context.read(FactArea.PRODUCT);
        if (!folders.isEmpty()
                && product != null
                && product.agentRoot() != null
                && !ExcludedPath.anyCovers(folders, product.agentRoot())) {
            folders.set(folders.size() - 1, product.agentRoot());
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
