package dev.asrdoctor.lab;

import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a scenario says of a machine beside its services. */
final class MachineReader {
    private static final int LONGEST_SECONDS = 1_000_000_000;
    private static final List<String> PARTS = List.of(
            "registry",
            "cim",
            "files",
            "network",
            "timeSources",
            "events",
            "mars",
            "counters",
            "programs",
            "certificates",
            "identity",
            "engine",
            "afterStart",
            "defender",
            "powershell");
    /** How a connection fails. */
    private static final List<String> FAILS = List.of("timeout", "refused", "blocked", "unreachable", "dns");

    private static final Pattern PLACE = Pattern.compile("\\S+:\\d{1,5}");
    private static final Pattern AGE = Pattern.compile("\\d{1,9}\\s*(ms|s|m|h|d)");
    private static final Pattern ADDRESS = Pattern.compile("[\\d.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private MachineReader() {}

    /** What {@code defaults} say with a server's own over it; null where neither says anything. */
    static @Nullable ObjectNode read(Optional<Value> defaults, Optional<Value> own) {
        Optional<Table> said = own.flatMap(Value::table);
        Optional<Table> otherwise = defaults.flatMap(Value::table);
        if (said.isEmpty() && otherwise.isEmpty()) {
            return null;
        }
        said.ifPresent(MachineReader::check);
        otherwise.ifPresent(MachineReader::check);
        ObjectNode machine = defaults.map(value -> Machines.json(value.plain())).orElseGet(() -> Machines.json(null));
        return own.map(value -> Machines.overlaid(machine, Machines.json(value.plain())))
                .orElse(machine);
    }

    /** Mistakes that would be met only when a script asks for what they stand in. */
    private static void check(Table table) {
        PARTS.forEach(table::get);
        table.rejectUnknown();
        entries(table.get("files")).forEach(file -> member(file.value(), "age").ifPresent(MachineReader::age));
        table.get("events")
                .filter(events -> !events.isNull())
                .map(Value::list)
                .orElse(List.of())
                .forEach(MachineReader::event);
        for (Table.Entry source : entries(table.get("timeSources"))) {
            source.value().table().ifPresent(told -> {
                told.get("aheadSeconds").ifPresent(seconds -> seconds.integer(-LONGEST_SECONDS, LONGEST_SECONDS));
                told.get("silent").ifPresent(Value::bool);
                told.rejectUnknown();
            });
        }
        table.get("network").flatMap(Value::table).ifPresent(network -> {
            entries(network.get("names")).forEach(name -> name(name.value()));
            for (Table.Entry endpoint : entries(network.get("endpoints"))) {
                if (!PLACE.matcher(endpoint.name()).matches()) {
                    endpoint.value().wrong("'" + endpoint.name() + "' is no host:port");
                }
                endpoint(endpoint.value());
            }
            network.rejectUnknown();
        });
    }

    private static void event(Value event) {
        event.table().ifPresent(table -> {
            table.require("provider").ifPresent(Value::text);
            table.require("id").ifPresent(id -> id.integer(0, 65_535));
            table.get("age").ifPresent(MachineReader::age);
            table.get("parameters").ifPresent(Value::texts);
            table.get("by").ifPresent(Value::text);
            table.rejectUnknown();
        });
    }

    private static void name(Value name) {
        if (name.isTable()) {
            name.table().ifPresent(table -> {
                table.require("answers").map(Value::list).orElse(List.of()).forEach(MachineReader::answer);
                table.rejectUnknown();
            });
        } else {
            answer(name);
        }
    }

    private static void answer(Value answer) {
        if (answer.isText()) {
            String word = answer.text().orElse("");
            if (!Network.failures().contains(word) && !ADDRESS.matcher(word).matches()) {
                answer.wrong(
                        "'" + word + "' is neither an address nor one of " + String.join(", ", Network.failures()));
            }
        }
    }

    private static void endpoint(Value endpoint) {
        if (!endpoint.isTable()) {
            return;
        }
        member(endpoint, "fails").ifPresent(MachineReader::fails);
        member(endpoint, "direct").ifPresent(direct -> {
            if (direct.isTable()) {
                endpoint(direct);
            } else {
                fails(direct);
            }
        });
        member(endpoint, "tls").ifPresent(tls -> {
            for (String date : List.of("issued", "expires", "expired")) {
                member(tls, date).ifPresent(MachineReader::age);
            }
        });
    }

    private static void fails(Value value) {
        if (!value.isNull() && !FAILS.contains(value.text().orElse(""))) {
            value.wrong("'" + value.text().orElse("") + "' is not one of " + String.join(", ", FAILS));
        }
    }

    private static void age(Value value) {
        if (!AGE.matcher(value.text().orElse("").strip()).matches()) {
            value.wrong("'" + value.text().orElse("") + "' is no age such as 5m");
        }
    }

    private static Optional<Value> member(Value value, String name) {
        return value.isTable() ? value.table().flatMap(table -> table.get(name)) : Optional.empty();
    }

    private static List<Table.Entry> entries(Optional<Value> value) {
        return value.filter(Value::isTable)
                .flatMap(Value::table)
                .map(Table::entries)
                .orElse(List.of());
    }
}
