package dev.asrdoctor.check;

import dev.asrdoctor.facts.BandwidthFacts.QosPolicy;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;

/** Policies of the packet scheduler that hold the upload engine back (docs/facts.md, "Bandwidth and throttling"). */
final class QosLimits {
    private static final String ENGINE = "cbengine.exe";
    private static final int HTTPS = 443;
    /** A gigabit a second: more than one process server uploads. */
    private static final long NO_LIMIT = 125_000;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?::(\\d{1,5}))?");

    private QosLimits() {}

    static List<QosPolicy> of(@Nullable List<QosPolicy> policies) {
        return policies == null
                ? List.of()
                : policies.stream().filter(QosLimits::hits).toList();
    }

    /** Whether it names the upload engine, and not everything. */
    static boolean namesEngine(QosPolicy policy) {
        String application = policy.application().strip().toLowerCase(Locale.ROOT);
        return application.equals(ENGINE) || application.endsWith("\\" + ENGINE);
    }

    private static boolean hits(QosPolicy policy) {
        return policy.kilobytesPerSecond() < NO_LIMIT
                && (namesEngine(policy) || (everything(policy.application()) && everything(policy.remoteAddress())))
                && everything(policy.url())
                && everything(policy.localPort())
                && (everything(policy.protocol()) || Strings.CI.equalsAny(policy.protocol(), "TCP", "6", "TCP and UDP"))
                && (everything(policy.remotePort()) || holdsHttps(policy.remotePort()));
    }

    private static boolean everything(@Nullable String condition) {
        return condition == null || condition.isBlank() || condition.strip().equals("*");
    }

    private static boolean holdsHttps(@Nullable String ports) {
        var range = RANGE.matcher(ports == null ? "" : ports.strip());
        if (!range.matches()) {
            return false;
        }
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        return first <= HTTPS && HTTPS <= last;
    }
}
