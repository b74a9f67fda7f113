package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProductFacts;
import dev.asrdoctor.facts.SystemFacts;
import dev.asrdoctor.product.CapacityRow;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The size suits the load (article, best practices; docs/facts.md, "Capacity"). */
final class PracticesSize extends AreaCheck<SystemFacts> {
    private static final double GB = 1L << 30;

    PracticesSize() {
        super(
                FactArea.SYSTEM,
                new About(
                        "practices.size",
                        "Large enough for what it replicates",
                        0,
                        List.of(FactArea.SYSTEM, FactArea.PRODUCT),
                        Profile.FULL,
                        About.PROCESS_SERVERS,
                        "A process server caches, compresses and encrypts all changes of its machines. Below Microsoft's"
                                + " sizes it falls behind at busy hours, and the cache fills until it throttles.",
                        "Add processors, memory or cache disk, or move machines to another process server. Give 'machines' and"
                                + " 'churn' in the inventory to have it judged by the load instead of the smallest size.",
                        List.of()));
    }

    @Override
    List<Finding> judge(SystemFacts system, Context context) {
        Integer said = context.server().role().machines();
        Long churnSaid = context.server().role().churnBytes();
        long machines = said == null ? 1 : said;
        long churn = churnSaid == null ? 0 : churnSaid;
        Optional<SystemFacts.Volume> volume = cacheVolume(system, context.read(FactArea.PRODUCT));
        FindingBuilder finding = finding("")
                .evidence("cores", system.cores())
                .evidence("memoryGigabytes", Math.round(system.memoryBytes() / GB))
                .evidence("cacheVolume", volume.map(SystemFacts.Volume::name).orElse(null))
                .evidence(
                        "cacheGigabytes",
                        volume.map(v -> Math.round(v.capacityBytes() / GB)).orElse(null))
                .evidence("machines", said)
                .evidence("churnGigabytesADay", churnSaid == null ? null : (Long) Math.round(churnSaid / GB));
        List<CapacityRow> table = context.server().deployment().capacity();
        if (table.isEmpty()) {
            return skipped("nothing is known of the sizes of such a server");
        }
        // The smallest that carries the load.
        Optional<CapacityRow> needed =
                table.stream().filter(row -> row.carries(machines, churn)).findFirst();
        if (needed.isEmpty()) {
            return List.of(finding.is(
                    Status.FAIL,
                    Severity.HIGH,
                    "no single process server carries " + load(said, churnSaid),
                    "Set up another process server and move machines to it."));
        }
        CapacityRow row = needed.get();
        List<String> lacks = lacks(row, system, volume);
        String load = said == null && churnSaid == null ? "the smallest load" : load(said, churnSaid);
        if (!lacks.isEmpty()) {
            return List.of(finding.evidence("needsCores", row.cores())
                    .evidence("needsMemoryGigabytes", row.memoryGigabytes())
                    .evidence("needsCacheGigabytes", Math.round(row.cacheBytes() / GB))
                    .is(
                            Status.WARN,
                            Severity.MEDIUM,
                            "too small for " + load + ": it has " + String.join(", ", lacks),
                            about().fix()));
        }
        return pass(finding, "large enough for " + load);
    }

    private static List<String> lacks(CapacityRow row, SystemFacts system, Optional<SystemFacts.Volume> volume) {
        List<String> lacks = new ArrayList<>();
        if (!row.hasCores(system.cores())) {
            lacks.add(system.cores() + " of " + row.cores() + " cores");
        }
        if (!row.hasMemory(system.memoryBytes())) {
            lacks.add(Math.round(system.memoryBytes() / GB) + " of " + row.memoryGigabytes() + " GB of memory");
        }
        volume.filter(v -> !row.hasCache(v.capacityBytes()))
                .ifPresent(v -> lacks.add(Math.round(v.capacityBytes() / GB) + " of "
                        + Math.round(row.cacheBytes() / GB) + " GB of cache disk"));
        return lacks;
    }

    private static String load(@Nullable Integer machines, @Nullable Long churn) {
        String changes = churn == null ? "" : Math.round(churn / GB) + " GB of changes a day";
        return machines == null
                ? changes
                : Words.count(machines, "machine") + (changes.isEmpty() ? "" : " and " + changes);
    }

    /** The volume that holds the cache, which is below the product's root where nothing else is said; mounted folders included. */
    static Optional<SystemFacts.Volume> cacheVolume(SystemFacts system, @Nullable ProductFacts product) {
        if (product == null) {
            return Optional.empty();
        }
        boolean elsewhere = product.cacheRoot() != null || "Rcm".equalsIgnoreCase(product.csMode());
        String root = elsewhere ? product.cacheRoot() : product.serverRoot();
        if (root == null) {
            return Optional.empty();
        }
        return Volumes.holding(system.volumes(), root);
    }
}
