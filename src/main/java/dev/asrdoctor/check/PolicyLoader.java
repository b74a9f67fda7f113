package dev.asrdoctor.check;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Loads a policy file, version 1; whatever it leaves out keeps its default. */
public final class PolicyLoader {

    /** What a policy file says, for the checks and for the run. */
    public record Loaded(Policy policy, RunPolicy run) {
        public static final Loaded DEFAULT = new Loaded(Policy.DEFAULT, RunPolicy.DEFAULT);
    }

    private PolicyLoader() {}

    /** @throws ConfigException with every mistake, each with file, line and column */
    public static Loaded load(Path path) throws ConfigException {
        Value root = YamlFile.read(path);
        Optional<Table> file = root.table();
        root.problems().throwIfAny();
        Loaded loaded = read(file.orElseThrow());
        root.problems().throwIfAny();
        return loaded;
    }

    private static Loaded read(Table file) {
        file.requireVersion(1);
        Optional<Table> services = file.get("services").flatMap(Value::table);
        Optional<Table> run = file.get("run").flatMap(Value::table);
        Optional<Table> remedy = file.get("remedy").flatMap(Value::table);
        Policy policy = new Policy(
                duration(services, "pendingTooLong", Policy.DEFAULT.pendingTooLong()),
                duration(services, "delayedStartGrace", Policy.DEFAULT.delayedStartGrace()),
                names(services, "disabledOnPurpose"));
        RunPolicy defaults = RunPolicy.DEFAULT;
        RunPolicy limits = new RunPolicy(
                integer(run, "concurrency", 1, 5000, defaults.concurrency()),
                positive(run, "serverDeadline", defaults.serverDeadline()),
                integer(run, "stopAfterLogonFailures", 1, 100, defaults.stopAfterLogonFailures()),
                positive(remedy, "startWait", defaults.startWait()),
                duration(remedy, "settle", defaults.settle()));
        services.ifPresent(Table::rejectUnknown);
        run.ifPresent(Table::rejectUnknown);
        remedy.ifPresent(Table::rejectUnknown);
        file.rejectUnknown();
        return new Loaded(policy, limits);
    }

    private static Duration duration(Optional<Table> table, String name, Duration otherwise) {
        return table.flatMap(t -> t.get(name)).flatMap(Value::duration).orElse(otherwise);
    }

    /** With less than a second nothing could ever be read or started. */
    private static Duration positive(Optional<Table> table, String name, Duration otherwise) {
        Duration duration = duration(table, name, otherwise);
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            table.flatMap(t -> t.get(name)).ifPresent(value -> value.wrong("'" + name + "' is at least 1s"));
        }
        return duration;
    }

    private static int integer(Optional<Table> table, String name, int least, int most, int otherwise) {
        return table.flatMap(t -> t.get(name))
                .flatMap(v -> v.integer(least, most))
                .orElse(otherwise);
    }

    private static Set<String> names(Optional<Table> table, String name) {
        return table.flatMap(t -> t.get(name))
                .<Set<String>>map(value -> new LinkedHashSet<>(value.texts()))
                .orElse(Set.of());
    }
}
