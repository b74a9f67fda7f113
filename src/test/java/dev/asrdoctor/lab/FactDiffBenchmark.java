package dev.asrdoctor.lab;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Comparison;
import dev.asrdoctor.change.FactDiff;
import dev.asrdoctor.change.FleetChange;
import dev.asrdoctor.change.Judged;
import dev.asrdoctor.change.Reading;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.fleet.KeptVisits;
import dev.asrdoctor.store.file.FactsFolder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What a comparison costs its thread for each value that it looks at, which has to stay the same however many there are.
 * Run by hand: {@code FactDiffBenchmark [FOLDER]}, a folder of {@code check --save-facts}.
 */
final class FactDiffBenchmark {
    private static final int ROUNDS = 5;

    private FactDiffBenchmark() {}

    public static void main(String[] args) throws Exception {
        System.out.println("one server with many services, in another order, one of ten stopped");
        for (int count : List.of(1_000, 10_000, 100_000)) {
            Map<String, Reading> before = Map.of("big", new Reading.Read(services(count, 1, 0)));
            Map<String, Reading> after = Map.of("big", new Reading.Read(services(count, 2, 10)));
            measure(count + " services", () -> FactDiff.compare(before, after));
        }
        if (args.length > 0) {
            Map<String, Reading> read =
                    FleetChange.readings(KeptVisits.outcomes(new FactsFolder(Path.of(args[0])).load()));
            List<Map.Entry<String, Reading>> each = List.copyOf(read.entrySet());
            System.out.println("servers of " + args[0] + ", compared with themselves and judged");
            for (int times : List.of(1, 2, 4)) {
                Map<String, Reading> many = new LinkedHashMap<>();
                for (int i = 0; i < times; i++) {
                    for (Map.Entry<String, Reading> one : each) {
                        many.put(one.getKey() + "-" + i, one.getValue());
                    }
                }
                Judged judged = new Judged(many, List.of());
                measure(
                        many.size() + " servers",
                        () -> Assessment.of(List.copyOf(many.keySet()), judged, judged, List.of(), List.of())
                                .comparison());
            }
        }
    }

    private static void measure(String what, Supplier<Comparison> compare) {
        long[] nanos = new long[ROUNDS];
        long values = 0;
        int differences = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = cpuNanos();
            Comparison comparison = compare.get();
            nanos[round] = cpuNanos() - start;
            values = comparison.values();
            differences = comparison.differences().size();
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-18s %,12d values %,9d differences %9.1f ms %7.0f ns a value%n",
                what, values, differences, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS / 2] / (double) values);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** @param stopped one of so many, 0 for none */
    private static Facts services(int count, int seed, int stopped) {
        List<ServiceFact> services = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            services.add(new ServiceFact(
                    "svc" + i,
                    "Service " + i,
                    stopped > 0 && i % stopped == 0 ? ServiceState.STOPPED : ServiceState.RUNNING,
                    StartType.AUTOMATIC,
                    0L,
                    0L,
                    (long) i + seed,
                    null,
                    List.of(),
                    "C:\\svc" + i + ".exe",
                    "LocalSystem"));
        }
        Collections.shuffle(services, new Random(seed));
        return new Facts("big", Instant.EPOCH, Duration.ZERO, Area.notAsked(), Area.notAsked())
                .with(FactArea.SERVICES, new Area.Read<>(new ServicesFacts("cim", services, List.of(), null)));
    }
}
