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
    private static final int WIDTH = 80;

    private CostText() {}

    /** @param costs by server, in the order to show */
    public static void write(Map<String, Cost> costs, PrintWriter out) {
        if (costs.isEmpty()) {
            return;
        }
        out.println();
        out.println("What it cost the servers (processor time and peak memory of PowerShell there)");
        costs.forEach((server, cost) -> {
            out.println("  " + Plain.cut(Plain.line(server), WIDTH - 2));
            out.println(Plain.cut(
                    String.format(
                            Locale.ROOT,
                            "    %.1f s, CPU %.1f s, %.0f MB; %.0f KB sent, %.0f KB received",
                            cost.elapsedMillis() / 1000.0,
                            cost.cpuMillis() / 1000.0,
                            cost.peakBytes() / MB,
                            cost.sentBytes() / KB,
                            cost.receivedBytes() / KB),
                    WIDTH));
            out.println(Plain.cut("    longest: " + slowest(cost), WIDTH));
        });
    }

    private static String slowest(Cost cost) {
        List<Map.Entry<String, Long>> areas = cost.areaMillis().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SLOWEST)
                .toList();
        return areas.isEmpty()
                ? "not measured"
                : areas.stream()
                        .map(area -> String.format(Locale.ROOT, "%s %.1f s", area.getKey(), area.getValue() / 1000.0))
                        .collect(Collectors.joining(", "));
    }
}
