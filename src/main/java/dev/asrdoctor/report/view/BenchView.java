package dev.asrdoctor.report.view;

import dev.asrdoctor.report.BenchReport;
import dev.asrdoctor.report.BenchReport.Round;
import dev.asrdoctor.report.model.Block;
import dev.asrdoctor.report.model.Block.Note;
import dev.asrdoctor.report.model.Block.Table;
import dev.asrdoctor.report.model.Cell;
import dev.asrdoctor.report.model.Column;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Prose;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.report.model.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What checking a fleet has cost the controller, round by round. */
public final class BenchView {
    private static final List<Column> COLUMNS = List.of(
            new Column("ROUND", 5),
            new Column("WALL", 9),
            new Column("CPU A SERVER", 12),
            new Column("ALLOCATED", 10),
            new Column("FIRST AFTER", 11),
            new Column("HEALTHY"),
            new Column("NOT HEALTHY", 0, true));

    private BenchView() {}

    public static Document of(BenchReport bench) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Note(
                Tone.PLAIN,
                String.format(
                        Locale.ROOT,
                        "%d servers, %.1f s of remote time each, %d at once",
                        bench.servers(),
                        bench.remoteTime().toMillis() / 1000.0,
                        bench.concurrency())));
        blocks.add(new Table(
                COLUMNS,
                true,
                IntStream.range(0, bench.rounds().size())
                        .mapToObj(i -> line(i + 1, bench.rounds().get(i), bench.servers()))
                        .toList()));
        String peak =
                bench.peakResidentMiB().isPresent() ? bench.peakResidentMiB().getAsLong() + " MiB" : "unknown";
        Note sum = new Note(
                Tone.PLAIN,
                "controller: " + peak + " peak memory, " + bench.peakThreads() + " platform threads at most");
        return new Document("Bench", List.of(sum), blocks)
                .with(new Sheet(
                        List.of(
                                "round",
                                "wallSeconds",
                                "cpuMillisPerServer",
                                "allocatedKiBPerServer",
                                "firstResultSeconds",
                                "healthy"),
                        IntStream.range(0, bench.rounds().size())
                                .mapToObj(i -> row(i + 1, bench.rounds().get(i), bench.servers()))
                                .toList()));
    }

    private static List<Cell> line(int number, Round round, int servers) {
        String others = round.others().entrySet().stream()
                .map(other -> other.getKey() + " on " + other.getValue())
                .collect(Collectors.joining(", "));
        return List.of(
                Cell.of(String.valueOf(number)),
                Cell.of(number(round.wallSeconds(), 2) + " s"),
                Cell.of(number(round.cpuMillisPerServer(servers), 2) + " ms"),
                Cell.of(number(round.allocatedKiBPerServer(servers), 0) + " KiB"),
                Cell.of(number(round.firstResultSeconds(), 2) + " s"),
                Cell.of(round.healthy() + " healthy"),
                others.isEmpty() ? new Cell.Text(new Prose(List.of())) : Cell.of("not healthy: " + others));
    }

    private static List<String> row(int number, Round round, int servers) {
        return List.of(
                String.valueOf(number),
                number(round.wallSeconds(), 3),
                number(round.cpuMillisPerServer(servers), 3),
                number(round.allocatedKiBPerServer(servers), 3),
                number(round.firstResultSeconds(), 3),
                String.valueOf(round.healthy()));
    }

    private static String number(double value, int places) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
