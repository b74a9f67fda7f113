package dev.asrdoctor.lab;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Connection.Transport;
import dev.asrdoctor.lab.SimServer.ServiceChange;
import dev.asrdoctor.lab.SimServer.TimedChange;
import dev.asrdoctor.lab.wsman.CertificateProfile;
import dev.asrdoctor.lab.wsman.FaultPlan;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads scenario files, version 1 (inventory/schemas/scenario-1.schema.json). */
final class ScenarioReader {
    private static final Transport[] WIRES = {Transport.HTTP, Transport.HTTPS};

    private static final Pattern RANGE = Pattern.compile("^(.*)\\{(\\d{1,5})\\.\\.(\\d{1,5})}(.*)$");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final int MOST_SERVERS = 20_000;
    private static final Duration DAY = Duration.ofDays(1);

    private ScenarioReader() {}

    /** @param count replaces the upper end of every {@code {1..N}} in server names; null: as written */
    static Scenario read(Value root, @Nullable Integer count) throws ConfigException {
        Optional<Table> file = root.table();
        root.problems().throwIfAny();
        Table table = file.orElseThrow();
        table.requireVersion(1);
        String description = table.get("description").flatMap(Value::text).orElse("");
        Scenario.Engine engine = table.get("engine")
                .flatMap(v -> v.oneOf(Map.of("model", Scenario.Engine.MODEL, "pwsh", Scenario.Engine.PWSH)))
                .orElse(Scenario.Engine.MODEL);
        Optional<Value> defaults = table.get("defaults");
        List<SimServer> servers = new ArrayList<>();
        for (Table.Entry entry : table.require("servers")
                .flatMap(Value::table)
                .map(Table::entries)
                .orElse(List.of())) {
            for (String name : names(entry.name(), count)) {
                Layers layers = new Layers(entry.value().table(), defaults.flatMap(Value::table));
                servers.add(server(name, layers));
                layers.rejectUnknown();
                if (servers.size() > MOST_SERVERS) {
                    entry.value().wrong("more than " + MOST_SERVERS + " servers");
                    root.problems().throwIfAny();
                }
            }
        }
        table.rejectUnknown();
        if (servers.isEmpty() && root.problems().none()) {
            root.wrong("the scenario has no servers");
        }
        root.problems().throwIfAny();
        return new Scenario(description, engine, servers);
    }

    /** What a server says, and where it says nothing what {@code defaults} says. */
    private record Layers(Optional<Table> own, Optional<Table> defaults) {
        Optional<Value> get(String name) {
            Optional<Value> value = own.flatMap(t -> t.get(name));
            Optional<Value> otherwise = defaults.flatMap(t -> t.get(name));
            return value.or(() -> otherwise);
        }

        <T> T get(String name, Function<Value, Optional<T>> read, T otherwise) {
            return get(name).flatMap(read).orElse(otherwise);
        }

        void rejectUnknown() {
            own.ifPresent(Table::rejectUnknown);
            defaults.ifPresent(Table::rejectUnknown);
        }
    }

    static List<String> names(String pattern, @Nullable Integer count) {
        Matcher matcher = RANGE.matcher(pattern);
        if (!matcher.matches()) {
            return List.of(pattern);
        }
        int first = Integer.parseInt(matcher.group(2));
        int last = count == null ? Integer.parseInt(matcher.group(3)) : first + count - 1;
        int width = Math.max(
                matcher.group(2).startsWith("0") ? matcher.group(2).length() : 1,
                matcher.group(2).startsWith("0") ? Integer.toString(last).length() : 1);
        List<String> names = new ArrayList<>();
        for (int i = first; i <= last && names.size() <= MOST_SERVERS; i++) {
            names.add(matcher.group(1) + String.format(Locale.ROOT, "%0" + width + "d", i) + matcher.group(4));
        }
        return names;
    }

    private static SimServer server(String name, Layers layers) {
        FaultReader faults = new FaultReader();
        layers.get("faults").map(Value::list).orElse(List.of()).forEach(faults::read);
        return new SimServer(
                name,
                layers.get("deployment", v -> v.oneOf(Products.shipped().words()), Deployment.STANDALONE),
                layers.get(
                        "os",
                        v -> v.oneOf(words(WindowsVersion.values(), WindowsVersion::id)),
                        WindowsVersion.WINDOWS_2016),
                layers.get("culture", Value::text, "en-US"),
                layers.get("address").flatMap(ScenarioReader::address).orElse(null),
                layers.get("site").flatMap(Value::text).orElse(null),
                tags(layers),
                layers.get("transport", v -> v.oneOf(words(WIRES, Transport::word)), Transport.HTTP),
                layers.get(
                        "authentication",
                        v -> v.oneOf(words(Authentication.values(), Words::word)),
                        Authentication.NTLM),
                layers.get(
                        "certificate",
                        v -> v.oneOf(words(CertificateProfile.values(), Words::word)),
                        CertificateProfile.TRUSTED),
                layers.get("remoteTime", Value::duration, Duration.ZERO),
                layers.get("bootedFor", Value::duration, DAY.multipliedBy(12)),
                clockOffset(layers),
                layers.get("unreachable", Value::bool, false),
                layers.get("wrongPassword", Value::bool, false),
                services(layers),
                layers.get("removed").map(Value::texts).orElse(List.of()),
                faults.states(),
                changes(layers),
                faults.wire(),
                MachineReader.read(
                        layers.defaults().flatMap(t -> t.get("machine")),
                        layers.own().flatMap(t -> t.get("machine"))),
                inventory(layers));
    }

    private static SimServer.SimInventory inventory(Layers layers) {
        Optional<Table> table = layers.get("inventory").flatMap(Value::table);
        SimServer.SimInventory inventory = new SimServer.SimInventory(
                table.flatMap(t -> t.get("deployment"))
                        .flatMap(v -> v.oneOf(Products.shipped().words()))
                        .orElse(null),
                text(table, "processServer"),
                text(table, "machines"),
                text(table, "churn"),
                text(table, "cloud"),
                text(table, "dataAddress"));
        table.ifPresent(Table::rejectUnknown);
        return inventory;
    }

    private static @Nullable String text(Optional<Table> table, String name) {
        return table.flatMap(t -> t.get(name)).flatMap(Value::text).orElse(null);
    }

    private static Duration clockOffset(Layers layers) {
        Duration fast = layers.get("clockFast", Value::duration, Duration.ZERO);
        Duration slow = layers.get("clockSlow", Value::duration, Duration.ZERO);
        return fast.minus(slow);
    }

    private static Optional<String> address(Value value) {
        Optional<String> address =
                value.text().filter(text -> IPV4.matcher(text).matches());
        if (address.isEmpty()) {
            value.wrong("expected an IPv4 address such as 10.30.1.7");
        }
        return address;
    }

    private static Map<String, String> tags(Layers layers) {
        Map<String, String> tags = new LinkedHashMap<>();
        layers.get("tags")
                .flatMap(Value::table)
                .map(Table::entries)
                .orElse(List.of())
                .forEach(entry -> entry.value().text().ifPresent(text -> tags.put(entry.name(), text)));
        return tags;
    }

    private static Map<String, ServiceChange> services(Layers layers) {
        Map<String, ServiceChange> services = new LinkedHashMap<>();
        for (Table.Entry entry :
                layers.get("services").flatMap(Value::table).map(Table::entries).orElse(List.of())) {
            ServiceReader.read(entry.value()).ifPresent(change -> services.put(entry.name(), change));
        }
        return services;
    }

    private static List<TimedChange> changes(Layers layers) {
        List<TimedChange> changes = new ArrayList<>();
        for (Value value : layers.get("changes").map(Value::list).orElse(List.of())) {
            value.table().ifPresent(table -> {
                int script = table.get("script")
                        .flatMap(v -> v.integer(1, 1_000_000))
                        .orElse(0);
                Optional<Duration> at = script > 0
                        ? Optional.of(Duration.ZERO)
                        : table.require("at").flatMap(Value::duration);
                Optional<String> service = table.require("service").flatMap(Value::text);
                Optional<ServiceState> state = table.require("state").flatMap(ServiceReader::state);
                Long exitCode = ServiceReader.number(table, "exitCode");
                table.rejectUnknown();
                if (at.isPresent() && service.isPresent() && state.isPresent()) {
                    changes.add(new TimedChange(
                            at.get(), script, service.get(), state.get(), exitCode == null ? 0 : exitCode));
                }
            });
        }
        return changes;
    }

    static <E> Map<String, E> words(E[] values, Function<E, String> word) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) {
            words.put(word.apply(value), value);
        }
        return words;
    }

    /** The faults of one server, of its Windows and on its wire. */
    static final class FaultReader {
        private final List<StateFault> states = new ArrayList<>();
        private FaultPlan wire = FaultPlan.NONE;

        void read(Value value) {
            value.table().ifPresent(table -> {
                if (table.has("wire")) {
                    WireFaultReader.read(table).ifPresent(rule -> wire = wire.with(rule.when(), rule.fault()));
                } else {
                    state(table).ifPresent(states::add);
                }
                table.rejectUnknown();
            });
        }

        private static Optional<StateFault> state(Table table) {
            Optional<StateFault.Target> target =
                    table.require("source").flatMap(v -> v.oneOf(words(StateFault.Target.values(), Words::word)));
            Optional<StateFault.Kind> error =
                    table.require("error").flatMap(v -> v.oneOf(words(StateFault.Kind.values(), Words::word)));
            String message = table.get("message").flatMap(Value::text).orElse("Access denied");
            return target.isPresent() && error.isPresent()
                    ? Optional.of(new StateFault(
                            target.get(),
                            error.get(),
                            message,
                            table.get("script")
                                    .flatMap(v -> v.integer(1, 1_000_000))
                                    .orElse(0),
                            table.get("from").flatMap(Value::duration).orElse(Duration.ZERO),
                            table.get("until").flatMap(Value::duration).orElse(null)))
                    : Optional.empty();
        }

        List<StateFault> states() {
            return List.copyOf(states);
        }

        FaultPlan wire() {
            return wire;
        }
    }
}
