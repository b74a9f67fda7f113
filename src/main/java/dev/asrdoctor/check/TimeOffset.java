package dev.asrdoctor.check;

import dev.asrdoctor.facts.ClockReading;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.policy.Setting;
import java.time.Duration;
import java.util.List;

/** The clock agrees with the controller's (article step 4; docs/facts.md, "Time"). */
final class TimeOffset extends AreaCheck<HostFacts> {
    public static final Setting<Duration> OFFSET_WARN =
            Setting.time("time", "offsetWarn", Duration.ofSeconds(60), "a clock that is further off warns");
    public static final Setting<Duration> OFFSET_FAIL = Setting.time(
            "time", "offsetFail", Duration.ofMinutes(5), "a clock that is further off fails; Kerberos' limit");

    TimeOffset() {
        super(
                FactArea.HOST,
                new About(
                        "time.offset",
                        "The clock is right",
                        4,
                        List.of(FactArea.HOST, FactArea.TIME),
                        Profile.QUICK,
                        About.EVERYWHERE,
                        "Registration, Kerberos and signed requests to Azure fail when a clock is more than a few minutes off;"
                                + " recovery points carry the wrong time before that.",
                        "Look at time.source, then on the server: `w32tm /resync /rediscover` A virtual machine may take its time from"
                                + " the host: look there too. The offset is against the machine that runs asrdoctor, so look at its clock"
                                + " when every server is off by the same.",
                        List.of(OFFSET_WARN, OFFSET_FAIL)));
    }

    @Override
    List<Finding> judge(HostFacts host, Context context) {
        ClockReading clock = context.facts().clock();
        if (clock == null) {
            return List.of(finding("")
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "the offset of the clock was not measured",
                            "These facts were saved by an older version; check the server again."));
        }
        Duration off = clock.offset().abs();
        Duration least = off.minus(clock.uncertainty());
        String words = "the clock is " + length(off) + (clock.offset().toMillis() < 0 ? " behind" : " ahead") + " (+/- "
                + length(clock.uncertainty()) + ")";
        FindingBuilder finding = finding("")
                .evidence("offsetMillis", clock.offset().toMillis())
                .evidence("uncertaintyMillis", clock.uncertainty().toMillis())
                .evidence("warnSeconds", context.get(OFFSET_WARN).toSeconds())
                .evidence("failSeconds", context.get(OFFSET_FAIL).toSeconds());
        if (least.compareTo(context.get(OFFSET_FAIL)) > 0) {
            return List.of(finding.is(Status.FAIL, Severity.HIGH, words, about().fix()));
        }
        if (least.compareTo(context.get(OFFSET_WARN)) > 0) {
            return List.of(finding.is(Status.WARN, Severity.MEDIUM, words, about().fix()));
        }
        return pass(finding, words);
    }

    /** In a unit chosen after rounding, so that 119.99 s reads {@code 2.0 min}. */
    private static String length(Duration duration) {
        double seconds = tenths(duration.toMillis() / 1000.0);
        double minutes = tenths(duration.toMillis() / 60_000.0);
        double hours = tenths(duration.toMillis() / 3_600_000.0);
        if (seconds < 120) {
            return seconds + " s";
        }
        if (minutes < 120) {
            return minutes + " min";
        }
        return hours < 48 ? hours + " h" : tenths(hours / 24) + " days";
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
