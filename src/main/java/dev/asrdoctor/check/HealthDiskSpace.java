package dev.asrdoctor.check;

import dev.asrdoctor.facts.AntivirusFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProductFacts;
import dev.asrdoctor.facts.SystemFacts;
import dev.asrdoctor.product.Trait;
import dev.asrdoctor.text.Commands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Free space of every volume but the cache's that holds what the product needs (docs/facts.md, "Free space"). */
final class HealthDiskSpace extends AreaCheck<SystemFacts> {
    private static final Pattern ON_A_DRIVE = Pattern.compile("(?i)[a-z]:[\\\\/].*");
    private static final double MB = 1L << 20;
    private static final double GB = 1L << 30;
    private static final double FULL_PERCENT = 2;
    private static final double FULL_BYTES = 5 * GB;
    private static final double LOW_PERCENT = 5;
    /** A volume that is this empty is not full, however small it is. */
    private static final double EMPTY_PERCENT = 10;

    private static final double FULL_ANYHOW_BYTES = 512 * MB;
    private static final double LOW_BYTES = 10 * GB;

    HealthDiskSpace() {
        super(
                FactArea.SYSTEM,
                new About(
                        "health.disk-space",
                        "Free space of the system drive and of what else the product writes to",
                        1,
                        List.of(FactArea.SYSTEM, FactArea.PRODUCT),
                        Profile.QUICK,
                        About.EVERYWHERE,
                        "The MARS agent writes every upload through its scratch folder and ends when that volume is full; the"
                                + " mobility agent, Windows and IIS need room for their logs. The cache's own volume is judged by"
                                + " health.cache-space.",
                        "Find what fills the volume (logs of IIS under C:\\inetpub\\logs, dumps, updates, old set-ups) and clear it, or"
                                + " enlarge the volume; then look that the services run (obengine above all). Microsoft asks for 5 to 10 %"
                                + " free for the MARS agent's scratch folder, and says how to move it.",
                        List.of()));
    }

    @Override
    List<Finding> judge(SystemFacts system, Context context) {
        List<Finding> findings = new ArrayList<>();
        Map<SystemFacts.Volume, List<String>> held = new LinkedHashMap<>();
        Map<String, List<String>> nowhere = new LinkedHashMap<>();
        folders(system, context)
                .forEach((folder, what) -> Volumes.holding(system.volumes(), folder)
                        .map(volume -> held.computeIfAbsent(volume, v -> new ArrayList<>()))
                        .orElseGet(() -> nowhere.computeIfAbsent(
                                folder.substring(0, 2).toUpperCase(Locale.ROOT) + "\\", drive -> new ArrayList<>()))
                        .add(what));
        nowhere.forEach((drive, what) -> findings.add(
                isTrusted(system, context)
                        ? gone(drive, what)
                        : unknown(drive, "the volume " + drive + " could not be found, which holds " + words(what))));
        cache(system, context).ifPresent(held::remove);
        List<String> enough = new ArrayList<>();
        held.forEach((volume, what) -> {
            Finding finding = judge(volume, what);
            if (finding.status() == Status.PASS) {
                enough.add(volume.name());
            } else {
                findings.add(finding);
            }
        });
        if (!findings.isEmpty()) {
            return findings;
        }
        if (enough.isEmpty()) {
            return List.of(unknown("", "which volumes hold Windows and the product's agents could not be read"));
        }
        return pass(finding("").evidence("volumes", enough), "room is left on " + String.join(", ", enough));
    }

    /** A list in which the volume that Windows runs from is missing is not whole. */
    private static boolean isTrusted(SystemFacts system, Context context) {
        String windows = windows(system, context);
        return windows != null && Volumes.holding(system.volumes(), windows).isPresent();
    }

    private Finding gone(String drive, List<String> holds) {
        return finding(drive)
                .evidence("volume", drive)
                .evidence("holds", holds)
                .evidence("missing", true)
                .is(
                        Status.FAIL,
                        Severity.HIGH,
                        "the volume " + drive + " is not there, which holds " + words(holds),
                        "On the server: `Get-Disk` and `Get-Volume` show whether its disk is offline or missing, has another letter, or"
                                + " is locked by BitLocker. Nothing that needs it starts before.");
    }

    /** What the product needs, by its folder. */
    private static Map<String, String> folders(SystemFacts system, Context context) {
        Map<String, String> folders = new LinkedHashMap<>();
        put(folders, windows(system, context), "Windows");
        ProductFacts product = context.read(FactArea.PRODUCT);
        if (product != null) {
            put(folders, product.serverRoot(), "the product");
            put(folders, product.marsRoot(), "the MARS agent");
            put(folders, product.marsScratch(), "the MARS agent's scratch folder");
            put(folders, product.agentRoot(), "the mobility agent");
        }
        return folders;
    }

    private static void put(Map<String, String> folders, @Nullable String folder, String what) {
        // What is no path of a drive, as a leftover variable, says nothing about a volume.
        if (folder != null && ON_A_DRIVE.matcher(folder).matches()) {
            folders.putIfAbsent(folder, what);
        }
    }

    private static @Nullable String windows(SystemFacts system, Context context) {
        if (system.windowsRoot() != null) {
            return system.windowsRoot();
        }
        AntivirusFacts antivirus = context.read(FactArea.ANTIVIRUS);
        return antivirus == null ? null : antivirus.systemDrive();
    }

    private static Optional<SystemFacts.Volume> cache(SystemFacts system, Context context) {
        return context.server().deployment().is(Trait.SOURCE)
                ? Optional.empty()
                : PracticesSize.cacheVolume(system, context.read(FactArea.PRODUCT));
    }

    private Finding judge(SystemFacts.Volume volume, List<String> holds) {
        Long free = volume.freeBytes();
        if (free == null || volume.capacityBytes() <= 0) {
            return unknown(
                    volume.name(),
                    "how much of " + volume.name() + " is free could not be read (it holds " + words(holds) + ")");
        }
        double percent = 100.0 * free / volume.capacityBytes();
        FindingBuilder finding = finding(volume.name())
                .evidence("volume", volume.name())
                .evidence("freePercent", Math.round(percent * 10) / 10.0)
                .evidence("freeMegabytes", Math.round(free / MB))
                .evidence("sizeGigabytes", Math.round(volume.capacityBytes() / GB))
                .evidence("holds", holds);
        String words = String.format(
                Locale.ROOT,
                "%s (%.1f %%) of %s is free, which holds %s",
                free < GB ? Math.round(free / MB) + " MB" : Math.round(free / GB) + " GB",
                percent,
                volume.name(),
                words(holds));
        boolean full =
                (percent < FULL_PERCENT && free < FULL_BYTES) || (percent < EMPTY_PERCENT && free < FULL_ANYHOW_BYTES);
        if (full) {
            return finding.is(Status.FAIL, Severity.HIGH, "only " + words, about().fix());
        }
        if (percent < LOW_PERCENT) {
            return finding.is(
                    Status.WARN, free < LOW_BYTES ? Severity.MEDIUM : Severity.LOW, "only " + words, about().fix());
        }
        return finding.is(Status.PASS, Severity.INFO, words, null);
    }

    private static String words(List<String> things) {
        int last = things.size() - 1;
        return last == 0 ? things.getFirst() : String.join(", ", things.subList(0, last)) + " and " + things.get(last);
    }

    private Finding unknown(String subject, String title) {
        return finding(subject)
                .is(
                        Status.UNKNOWN,
                        Severity.LOW,
                        title,
                        "On the server: " + Commands.shown("Get-CimInstance Win32_Volume")
                                + " shows the volumes and what is free on them.");
    }
}
