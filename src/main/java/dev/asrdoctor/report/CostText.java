package dev.asrdoctor.report;

import dev.asrdoctor.facts.Cost;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the checks cost the servers, as {@code check -v} shows it. */
public final class CostText {
    private static final double MB = 1 << 20;
    private static final double KB = 1 << 10;
    private static final int SLOWEST = 3;

    private CostText() {}

    /** @param costs by server, in the order to show */
    public static void write(Map<String, Cost> costs, PrintWriter out) {
        if (costs.isEmpty()) {
            return;
        }
        int width = costs.keySet().stream().mapToInt(String::length).max().orElse(0);
        out.println();
        out.println("What it cost the servers (elapsed, processor time and memory of the script there, bytes sent and"
                + " received)");
        costs.forEach((server, cost) -> out.printf(
                Locale.ROOT,
                "  %-" + width + "s  %5.1f s, CPU %4.1f s, %4.0f MB; %.0f KB out, %.0f KB back; longest: %s%n",
                server,
                cost.elapsedMillis() / 1000.0,
                cost.cpuMillis() / 1000.0,
                cost.peakBytes() / MB,
                cost.sentBytes() / KB,
                cost.receivedBytes() / KB,
                slowest(cost)));
    }

    private static String slowest(Cost cost) {
        List<Map.Entry<String, Long>> areas = cost.areaMillis().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SLOWEST)
                .toList();
        return areas.stream()
                .map(area -> String.format(Locale.ROOT, "%s %.1f s", area.getKey(), area.getValue() / 1000.0))
                .collect(Collectors.joining(", "));
    }
}
