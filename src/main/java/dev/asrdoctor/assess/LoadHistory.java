package dev.asrdoctor.assess;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.PerformanceFacts;
import dev.asrdoctor.facts.PerformanceFacts.Earlier;
import dev.asrdoctor.store.FactSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps what earlier runs measured of load, so that a run can judge a quarter of an hour as the portal does. */
public final class LoadHistory {
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final int MOST = 60;

    private LoadHistory() {}

    /** @param folder of the earlier runs; one that holds nothing of a server adds nothing */
    public static Facts add(Facts now, FactSet folder) {
        PerformanceFacts load = now.read(FactArea.PERFORMANCE);
        Optional<Facts> before = load == null ? Optional.empty() : folder.facts(now.server());
        if (load == null || before.isEmpty()) {
            return now;
        }
        return now.with(FactArea.PERFORMANCE, new Area.Read<>(load.with(history(before.get(), now.readAt()))));
    }

    private static List<Earlier> history(Facts before, Instant now) {
        PerformanceFacts load = before.read(FactArea.PERFORMANCE);
        Instant since = now.minus(KEPT);
        return load == null
                ? List.of()
                : Stream.concat(
                                Stream.of(new Earlier(before.readAt(), load.cpuPercent(), load.committedPercent())),
                                load.history().stream())
                        .filter(sample ->
                                !sample.at().isBefore(since) && sample.at().isBefore(now))
                        .limit(MOST)
                        .toList();
    }
}
