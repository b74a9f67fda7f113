package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ScenarioReader.words;

import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.lab.SimServer.Crashes;
import dev.asrdoctor.lab.SimServer.LoggedEvent;
import dev.asrdoctor.lab.SimServer.ServiceChange;
import dev.asrdoctor.lab.SimService.OnStart;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a scenario says of one service. */
final class ServiceReader {
    private static final int MOST_CRASHES = 10_000;
    private static final Duration USUAL_SPACING = Duration.ofMinutes(30);

    private ServiceReader() {}

    static Optional<ServiceChange> read(Value value) {
        if (value.isText()) {
            return state(value).map(ServiceChange::to);
        }
        return value.table().map(table -> {
            Optional<Value> changedBy = table.get("startTypeChangedBy");
            if (changedBy.isPresent() && !table.has("startType")) {
                changedBy.get().wrong("says who changed the start type: add 'startType', what it was changed to");
            }
            ServiceChange change = new ServiceChange(
                    table.get("state").flatMap(ServiceReader::state).orElse(null),
                    startType(table, "startType"),
                    number(table, "exitCode"),
                    number(table, "serviceExitCode"),
                    table.get("since").flatMap(Value::duration).orElse(null),
                    table.get("crashes").flatMap(ServiceReader::crashes).orElse(null),
                    table.get("displayName").flatMap(Value::text).orElse(null),
                    table.get("dependsOn").map(Value::texts).orElse(null),
                    table.get("onStart")
                            .flatMap(Value::table)
                            .map(ServiceReader::onStart)
                            .orElse(null),
                    table.get("stoppedBy").flatMap(Value::text).orElse(null),
                    changedBy.flatMap(Value::text).orElse(null),
                    startType(table, "startTypeWas"),
                    table.get("stopHangs").flatMap(Value::bool).orElse(false),
                    table.get("recovery").map(ServiceReader::durations).orElse(List.of()),
                    table.get("events").map(ServiceReader::events).orElse(List.of()));
            table.rejectUnknown();
            return change;
        });
    }

    static Optional<ServiceState> state(Value value) {
        return value.oneOf(words(ServiceState.values(), Words::word));
    }

    private static @Nullable StartType startType(Table table, String name) {
        return table.get(name)
                .flatMap(v -> v.oneOf(words(StartType.values(), Words::word)))
                .orElse(null);
    }

    static @Nullable Long number(Table table, String name) {
        Optional<Value> value = table.get(name);
        Optional<Long> number = value.flatMap(Value::text)
                .map(text ->
                        text.matches("\\d{1,10}") && Long.parseLong(text) <= 0xffff_ffffL ? Long.valueOf(text) : null);
        if (number.isEmpty()) {
            value.ifPresent(v -> v.wrong("'" + name + "' is a number from 0 to 4294967295"));
        }
        return number.orElse(null);
    }

    /** So many, or how many and how far apart, or when each of them was. */
    private static Optional<Crashes> crashes(Value value) {
        if (!value.isTable()) {
            return value.integer(0, MOST_CRASHES).map(count -> Crashes.evenly(count, USUAL_SPACING));
        }
        return value.table().flatMap(table -> {
            Optional<Value> ages = table.get("ages");
            Duration every = table.get("every").flatMap(Value::duration).orElse(USUAL_SPACING);
            Optional<Crashes> crashes = ages.isPresent()
                    ? Optional.of(new Crashes(durations(ages.get()).stream()
                            .sorted((a, b) -> b.compareTo(a))
                            .toList()))
                    : table.require("count")
                            .flatMap(v -> v.integer(0, MOST_CRASHES))
                            .map(count -> Crashes.evenly(count, every));
            table.rejectUnknown();
            return crashes;
        });
    }

    private static List<Duration> durations(Value value) {
        return value.list().stream()
                .map(Value::duration)
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<LoggedEvent> events(Value value) {
        List<LoggedEvent> events = new ArrayList<>();
        for (Value one : value.list()) {
            one.table().ifPresent(table -> {
                Optional<Integer> id = table.require("id").flatMap(v -> v.integer(0, 65_535));
                Duration age = table.get("age").flatMap(Value::duration).orElse(Duration.ofMinutes(1));
                List<String> parameters =
                        table.get("parameters").map(Value::texts).orElse(List.of());
                String by = table.get("by").flatMap(Value::text).orElse(null);
                table.rejectUnknown();
                id.ifPresent(number -> events.add(new LoggedEvent(number, age, parameters, by)));
            });
        }
        return events;
    }

    private static OnStart onStart(Table table) {
        OnStart normal = OnStart.NORMAL;
        OnStart onStart = new OnStart(
                table.require("outcome")
                        .flatMap(v -> v.oneOf(words(SimService.Start.values(), Words::word)))
                        .orElse(SimService.Start.RUNNING),
                millis(table, "after", normal.afterMillis()),
                millis(table, "runs", 1000),
                code(table, "exitCode", Integer.MAX_VALUE, 1067),
                code(table, "serviceExitCode", Integer.MAX_VALUE, 0),
                code(table, "win32Error", 65_535, 0));
        table.rejectUnknown();
        return onStart;
    }

    private static long millis(Table table, String name, long otherwise) {
        return table.get(name).flatMap(Value::duration).map(Duration::toMillis).orElse(otherwise);
    }

    private static long code(Table table, String name, int most, long otherwise) {
        return table.get(name)
                .flatMap(v -> v.integer(0, most))
                .map(Long::valueOf)
                .orElse(otherwise);
    }
}
