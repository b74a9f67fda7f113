package dev.asrdoctor.policy;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    public static Loaded load(Path path, Terms terms) throws ConfigException {
        return load(YamlFile.read(path), terms);
    }

    /** @throws ConfigException with every mistake, each with file, line and column */
    public static Loaded load(Value root, Terms terms) throws ConfigException {
        Optional<Table> file = root.table();
        root.problems().throwIfAny();
        Loaded loaded = read(file.orElseThrow(), terms);
        root.problems().throwIfAny();
        return loaded;
    }

    private static Loaded read(Table file, Terms terms) {
        file.requireVersion(1);
        Map<Setting<?>, Object> values = new HashMap<>();
        Map<String, Table> sections = new LinkedHashMap<>();
        for (Setting<?> setting : terms.settings()) {
            if (!sections.containsKey(setting.section())) {
                file.get(setting.section())
                        .flatMap(Value::table)
                        .ifPresent(table -> sections.put(setting.section(), table));
            }
            Table section = sections.get(setting.section());
            if (section != null) {
                section.get(setting.name())
                        .flatMap(value -> setting.kind().read().apply(value))
                        .ifPresent(value -> values.put(setting, value));
            }
        }
        sections.values().forEach(Table::rejectUnknown);
        terms.orders().forEach(order -> order.check(values, sections));
        Policy policy = new Policy(values, disabledChecks(file, terms.checks()), waivers(file, terms.checks()));
        Optional<Table> run = file.get("run").flatMap(Value::table);
        Optional<Table> remedy = file.get("remedy").flatMap(Value::table);
        RunPolicy defaults = RunPolicy.DEFAULT;
        RunPolicy limits = new RunPolicy(
                integer(run, "concurrency", 1, 5000, defaults.concurrency()),
                positive(run, "serverDeadline", defaults.serverDeadline()),
                integer(run, "stopAfterLogonFailures", 1, 100, defaults.stopAfterLogonFailures()),
                positive(remedy, "startWait", defaults.startWait()),
                duration(remedy, "settle", defaults.settle()));
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

    private static Set<String> disabledChecks(Table file, List<String> known) {
        Set<String> disabled = new LinkedHashSet<>();
        Optional<Table> checks = file.get("checks").flatMap(Value::table);
        checks.flatMap(t -> t.get("disabled"))
                .map(Value::list)
                .orElse(List.of())
                .forEach(value -> value.text().ifPresent(id -> {
                    if (!known.contains(id)) {
                        value.wrong("no check is called '" + id + "'" + Suggestion.didYouMean(id, known));
                    }
                    disabled.add(id);
                }));
        checks.ifPresent(Table::rejectUnknown);
        return disabled;
    }

    private static List<Waiver> waivers(Table file, List<String> known) {
        List<Waiver> waivers = new ArrayList<>();
        for (Value value : file.get("waivers").map(Value::list).orElse(List.of())) {
            value.table().ifPresent(table -> {
                Optional<String> check = table.require("check").flatMap(Value::text);
                Optional<String> servers = table.require("servers").flatMap(Value::text);
                Optional<String> reason = table.require("reason").flatMap(Value::text);
                Optional<LocalDate> until = table.require("until").flatMap(PolicyLoader::date);
                String subject = table.get("subject").flatMap(Value::text).orElse(null);
                table.rejectUnknown();
                check.filter(id -> known.stream().noneMatch(one -> one.equals(id) || one.startsWith(id + ".")))
                        .ifPresent(id ->
                                value.wrong("no check is called '" + id + "'" + Suggestion.didYouMean(id, known)));
                if (check.isPresent() && servers.isPresent() && reason.isPresent() && until.isPresent()) {
                    waivers.add(new Waiver(check.get(), servers.get(), subject, reason.get(), until.get()));
                }
            });
        }
        return waivers;
    }

    private static Optional<LocalDate> date(Value value) {
        Optional<String> text = value.text();
        try {
            return text.map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            value.wrong("expected a day such as 2026-12-31, not '" + text.orElse("") + "'");
            return Optional.empty();
        }
    }
}
