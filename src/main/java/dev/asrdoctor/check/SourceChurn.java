package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.PerformanceFacts;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A source machine does not change more than can be replicated (error 78188; docs/facts.md, "Disk churn"). */
final class SourceChurn extends AreaCheck<PerformanceFacts> {
    public static final Setting<Integer> CHURN_WARN =
            Setting.count("source", "churnMegabytesPerSecond", 25, "a source machine that writes more than this warns");

    private static final double MB = 1 << 20;

    SourceChurn() {
        super(
                FactArea.PERFORMANCE,
                new About(
                        "source.churn",
                        "The source machine changes no more than can be replicated",
                        7,
                        List.of(FactArea.PERFORMANCE),
                        Profile.FULL,
                        About.SOURCES,
                        "Every block that is written has to be sent. A machine that writes faster than replication takes falls"
                                + " behind, and the portal shows error 78188.",
                        "Find what writes so much (temporary files, backups, page file) and leave its disk out of replication, or"
                                + " replicate to premium storage. One sample says little: measure a day with the Deployment Planner.",
                        List.of(CHURN_WARN, ReadLimits.SAMPLE_WINDOW)));
    }

    @Override
    List<Finding> judge(PerformanceFacts performance, Context context) {
        Long written = performance.diskWrittenBytes();
        if (written == null || performance.windowMillis() <= 0) {
            return List.of(finding("")
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "what is written to its disks could not be measured",
                            "The performance counters may be damaged: run 'lodctr /R' on the server and check again."));
        }
        double rate = written * 1000.0 / performance.windowMillis() / MB;
        int warn = context.get(CHURN_WARN);
        FindingBuilder finding = finding("")
                .evidence("megabytesASecond", Math.round(rate * 10) / 10.0)
                .evidence("windowSeconds", Math.max(1, performance.windowMillis() / 1000))
                .evidence("warn", warn);
        String words = String.format(
                Locale.ROOT,
                "%.1f MB a second are written to its disks, in one sample of %s",
                rate,
                Words.duration(Duration.ofMillis(performance.windowMillis())));
        return rate < warn
                ? pass(finding, words)
                : List.of(finding.evidence("error", "78188").is(Status.WARN, Severity.MEDIUM, words, about().fix()));
    }
}
