package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.PerformanceFacts;
import dev.asrdoctor.facts.PerformanceFacts.Earlier;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Processor or memory against the portal's thresholds (article step 1; docs/facts.md, "Health figures"). */
final class HealthLoad extends AreaCheck<PerformanceFacts> {
    public static final Setting<Integer> CPU_WARN =
            Setting.percent("health", "cpuWarn", 80, "processor load that warns");
    public static final Setting<Integer> CPU_FAIL =
            Setting.percent("health", "cpuFail", 95, "processor load that fails");
    public static final Setting<Integer> MEMORY_WARN =
            Setting.percent("health", "memoryWarn", 80, "commit charge that warns, of the commit limit");
    public static final Setting<Integer> MEMORY_FAIL =
            Setting.percent("health", "memoryFail", 95, "commit charge that fails, of the commit limit");

    static final Duration WINDOW = Duration.ofMinutes(15);

    private final String what;
    private final Setting<Integer> warn;
    private final Setting<Integer> fail;
    private final Function<PerformanceFacts, @Nullable Long> now;
    private final Function<Earlier, @Nullable Long> earlier;

    private HealthLoad(
            About about,
            String what,
            Setting<Integer> warn,
            Setting<Integer> fail,
            Function<PerformanceFacts, @Nullable Long> now,
            Function<Earlier, @Nullable Long> earlier) {
        super(FactArea.PERFORMANCE, about);
        this.what = what;
        this.warn = warn;
        this.fail = fail;
        this.now = now;
        this.earlier = earlier;
    }

    static HealthLoad cpu() {
        return new HealthLoad(
                about(
                        "health.cpu",
                        "Processor load",
                        "At full load the process server falls behind: data of the source machines waits, and the portal shows"
                                + " the same alert.",
                        CPU_WARN,
                        CPU_FAIL),
                "the processor load",
                CPU_WARN,
                CPU_FAIL,
                PerformanceFacts::cpuPercent,
                Earlier::cpuPercent);
    }

    static HealthLoad memory() {
        return new HealthLoad(
                about(
                        "health.memory",
                        "Memory in use",
                        "It is the commit charge, as the portal shows it, not physical memory: when it reaches the limit,"
                                + " services cannot allocate and end.",
                        MEMORY_WARN,
                        MEMORY_FAIL),
                "the commit charge",
                MEMORY_WARN,
                MEMORY_FAIL,
                PerformanceFacts::committedPercent,
                Earlier::committedPercent);
    }

    private static About about(String id, String title, String why, Setting<Integer> warn, Setting<Integer> fail) {
        return new About(
                id,
                title,
                1,
                List.of(FactArea.PERFORMANCE),
                Profile.QUICK,
                About.PROCESS_SERVERS,
                why,
                "Add no machines. Compare the number of replicated machines with the capacity tables (practices.size) and"
                        + " consider another process server; look for other programs that take the load. If it stays critical,"
                        + " run the Deployment Planner. The portal averages 15 minutes: with --save-facts DIR, runs of the last"
                        + " quarter of an hour are taken together.",
                List.of(ReadLimits.SAMPLE_WINDOW, warn, fail));
    }

    @Override
    List<Finding> judge(PerformanceFacts performance, Context context) {
        Long measured = now.apply(performance);
        if (measured == null) {
            return List.of(finding("")
                    .is(
                            Status.UNKNOWN,
                            Severity.MEDIUM,
                            what + " could not be read",
                            "The performance counters may be damaged: run 'lodctr /R' on the server and check again."));
        }
        List<Long> values = new ArrayList<>(List.of(measured));
        Instant readAt = context.facts().readAt();
        Instant first = readAt.minusMillis(performance.windowMillis());
        for (Earlier sample : performance.history()) {
            Long value = earlier.apply(sample);
            if (value != null
                    && !sample.at().isBefore(readAt.minus(WINDOW))
                    && sample.at().isBefore(first)) {
                values.add(value);
                first = sample.at();
            }
        }
        long average = Math.round(values.stream().mapToLong(v -> v).average().orElse(measured));
        String basis = values.size() == 1
                ? "in one sample of " + Words.duration(Duration.ofMillis(performance.windowMillis()))
                        + ", not over 15 minutes"
                : "over " + Words.duration(Duration.between(first, readAt)) + " in " + values.size() + " runs";
        FindingBuilder finding = finding("")
                .evidence("percent", average)
                .evidence("now", measured)
                .evidence("samples", values.size())
                .evidence(
                        "windowSeconds",
                        Math.max(1, Duration.between(first, readAt).toSeconds()))
                .evidence("queueLength", performance.queueLength())
                .evidence("warn", context.get(warn))
                .evidence("fail", context.get(fail));
        if (average < context.get(warn)) {
            return pass(finding, what + " is " + average + " % " + basis);
        }
        boolean critical = average >= context.get(fail);
        return List.of(finding.is(
                critical ? Status.FAIL : Status.WARN,
                critical ? Severity.HIGH : Severity.MEDIUM,
                what + " is " + average + " % " + basis,
                about().fix()));
    }
}
