package dev.asrdoctor.check;

import dev.asrdoctor.facts.BandwidthFacts;
import dev.asrdoctor.facts.BandwidthFacts.Link;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The links carry what has to be uploaded, without loss (article step 13; docs/facts.md, "Bandwidth and throttling"). */
final class BandwidthLink extends AreaCheck<BandwidthFacts> {
    public static final Setting<Integer> RETRANSMIT_WARN = Setting.percent(
            "bandwidth", "retransmitWarn", 2, "TCP segments sent again, of all that were sent, that warn");
    public static final Setting<Integer> LINK_BUSY =
            Setting.percent("bandwidth", "linkBusy", 90, "a link that is used more than this is the bottleneck");

    private static final int BITS = 8;
    private static final long ENOUGH_SEGMENTS = 200;
    private static final double MEGABIT = 1_000_000;

    BandwidthLink() {
        super(
                FactArea.BANDWIDTH,
                new About(
                        "bandwidth.link",
                        "The links carry the upload without loss",
                        13,
                        List.of(FactArea.BANDWIDTH),
                        Profile.FULL,
                        About.UPLOADING,
                        "When the link is full, or segments are lost and sent again, more threads and more process servers help"
                                + " nothing: the data waits for the network.",
                        "A full link: more bandwidth to Azure, or fewer machines here. Loss and errors: cable, duplex, the virtual"
                                + " adapter's driver, the devices on the way.",
                        List.of(LINK_BUSY, RETRANSMIT_WARN, ReadLimits.SAMPLE_WINDOW)));
    }

    @Override
    List<Finding> judge(BandwidthFacts bandwidth, Context context) {
        List<Finding> findings = new ArrayList<>();
        double seconds = bandwidth.windowMillis() / 1000.0;
        for (Link link : bandwidth.links()) {
            findings.addAll(judge(link, seconds, context));
        }
        tooSlow(bandwidth, context.server().role().churnBytes()).ifPresent(findings::add);
        double lost = percentSentAgain(bandwidth);
        if (lost >= context.get(RETRANSMIT_WARN)) {
            findings.add(lossy(bandwidth, lost));
        }
        if (!findings.isEmpty()) {
            return findings;
        }
        if (bandwidth.links().isEmpty()) {
            return List.of(finding("")
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "the counters of the links could not be read",
                            "The performance counters may be damaged: run 'lodctr /R' on the server and check again."));
        }
        return pass(
                finding("")
                        .evidence(
                                "links",
                                bandwidth.links().stream().map(Link::name).toList())
                        .evidence("percentSentAgain", Math.round(lost * 10) / 10.0),
                "the links carry the upload without loss");
    }

    private Optional<Finding> tooSlow(BandwidthFacts bandwidth, @Nullable Long churn) {
        double needed =
                churn == null ? 0 : churn * (double) BITS / Duration.ofDays(1).toSeconds();
        double fastest =
                bandwidth.links().stream().mapToLong(Link::bitsPerSecond).max().orElse(0);
        if (fastest <= 0 || needed <= fastest) {
            return Optional.empty();
        }
        return Optional.of(finding("needed")
                .evidence("neededMegabits", Math.round(needed / MEGABIT))
                .evidence("linkMegabits", Math.round(fastest / MEGABIT))
                .is(
                        Status.FAIL,
                        Severity.HIGH,
                        String.format(
                                Locale.ROOT,
                                "the churn in the inventory needs %.0f Mbit/s all day, the fastest link has %.0f",
                                needed / MEGABIT,
                                fastest / MEGABIT),
                        about().fix()));
    }

    /** Zero also where too little was sent to tell. */
    private static double percentSentAgain(BandwidthFacts bandwidth) {
        Long sent = bandwidth.segmentsSent();
        Long again = bandwidth.segmentsSentAgain();
        return sent == null || again == null || sent < ENOUGH_SEGMENTS ? 0 : 100.0 * again / sent;
    }

    private Finding lossy(BandwidthFacts bandwidth, double lost) {
        return finding("loss")
                .evidence("segments", bandwidth.segmentsSent())
                .evidence("sentAgain", bandwidth.segmentsSentAgain())
                .evidence("percent", Math.round(lost * 10) / 10.0)
                .is(
                        Status.WARN,
                        Severity.MEDIUM,
                        String.format(Locale.ROOT, "%.1f %% of the TCP segments are lost and sent again", lost),
                        about().fix());
    }

    private List<Finding> judge(Link link, double seconds, Context context) {
        List<Finding> findings = new ArrayList<>();
        FindingBuilder finding = finding(link.name())
                .evidence("link", link.name())
                .evidence("megabits", Math.round(link.bitsPerSecond() / MEGABIT));
        if (link.sentBytes() != null && seconds > 0 && link.bitsPerSecond() > 0) {
            double percent = 100.0 * link.sentBytes() * BITS / seconds / link.bitsPerSecond();
            if (percent >= context.get(LINK_BUSY)) {
                findings.add(finding.evidence("percentUsed", Math.round(percent))
                        .is(
                                Status.WARN,
                                Severity.MEDIUM,
                                String.format(Locale.ROOT, "the link %s is %.0f %% full", link.name(), percent),
                                about().fix()));
            }
        }
        if (link.errors() != null && link.errors() > 0) {
            findings.add(finding.evidence("errors", link.errors())
                    .evidence("errorsSinceBoot", link.errorsSinceBoot())
                    .evidence("discarded", link.discarded())
                    .is(
                            Status.WARN,
                            Severity.MEDIUM,
                            "the link " + link.name() + " counts errors: " + link.errors() + " in "
                                    + Words.duration(Duration.ofMillis(Math.round(seconds * 1000))),
                            about().fix()));
        }
        return findings;
    }
}
