package dev.asrdoctor.report.view;

import dev.asrdoctor.facts.Cost;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Gap;
import dev.asrdoctor.report.model.Block.Group;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Section;
import dev.asrdoctor.report.model.Tone;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the checks cost the servers, and which of them had to be asked again. */
final class CostView {
    private static final double MB = 1 << 20;
    private static final double KB = 1 << 10;
    private static final int SLOWEST = 3;

    private CostView() {}

    /** Both by server, in the order to show. */
    static Stream<Block> of(Map<String, Cost> costs, Map<String, List<String>> waits) {
        Stream<Block> cost = costs.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        new Gap(),
                        new Section(
                                "What it cost the servers (processor time and peak memory of PowerShell there)",
                                2,
                                () -> costs.entrySet().stream()
                                        .map(one -> server(one.getKey(), words(one.getValue())))
                                        .iterator()));
        Stream<Block> wait = waits.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        new Gap(),
                        new Section(
                                "What had to be asked again",
                                2,
                                () -> waits.entrySet().stream()
                                        .map(one -> server(one.getKey(), one.getValue()))
                                        .iterator()));
        return Stream.concat(cost, wait);
    }

    private static Block server(String name, List<String> lines) {
        return new Group(
                "",
                List.of(
                        new Note(Tone.PLAIN, name),
                        new Group(
                                "",
                                lines.stream()
                                        .<Block>map(line -> new Note(Tone.PLAIN, line))
                                        .toList())));
    }

    private static List<String> words(Cost cost) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%.1f s, CPU %.1f s, %.0f MB; %.0f KB sent, %.0f KB received",
                        cost.elapsedMillis() / 1000.0,
                        cost.cpuMillis() / 1000.0,
                        cost.peakBytes() / MB,
                        cost.sentBytes() / KB,
                        cost.receivedBytes() / KB),
                "longest: " + slowest(cost));
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
