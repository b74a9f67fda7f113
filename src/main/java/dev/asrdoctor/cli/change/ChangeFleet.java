package dev.asrdoctor.cli.change;

import dev.asrdoctor.cli.options.DurationConverter;
import dev.asrdoctor.cli.options.FleetOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the servers of a change are read. */
final class ChangeFleet {
    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "Inventory. Default: that of the window; for open as for check.")
    @Nullable Path inventory;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Policy. Default: that of the window, if it has one.")
    @Nullable Path policy;

    @Option(names = "--concurrency", paramLabel = "N", description = "Servers visited at the same time.")
    @Nullable Integer concurrency;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Limit for one server, connecting included, such as 90s.")
    @Nullable Duration deadline;

    FleetOptions with(@Nullable Path defaultInventory, @Nullable Path defaultPolicy, List<String> patterns) {
        FleetOptions options = new FleetOptions();
        options.inventory = inventory == null ? defaultInventory : inventory;
        options.policy = policy == null ? defaultPolicy : policy;
        options.concurrency = concurrency;
        options.deadline = deadline;
        options.patterns = patterns;
        return options;
    }
}
