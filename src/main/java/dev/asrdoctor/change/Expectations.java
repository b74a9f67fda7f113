package dev.asrdoctor.change;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.facts.FactArea;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a file of declared differences, version 1 (inventory/schemas/change-1.schema.json). */
public final class Expectations {
    private static final Map<String, String> KINDS =
            Map.of("added", "added", "removed", "removed", "changed", "changed");
    private static final Map<String, Expectation.Need> NEEDS =
            Map.of("each", Expectation.Need.EACH, "any", Expectation.Need.ANY);

    /** The second part of a path. */
    private static final List<String> AREAS = Stream.concat(
                    FactArea.all().stream().map(FactArea::id), Stream.of("problems"))
            .toList();

    private Expectations() {}

    /**
     * @param servers of the window; a path that names none of them is a mistake
     * @throws ConfigException with every mistake, each with file, line and column
     */
    public static List<Expectation> load(Path file, List<String> servers) throws ConfigException {
        return read(YamlFile.read(file), servers);
    }

    static List<Expectation> read(Value root, List<String> servers) throws ConfigException {
        Optional<Table> table = root.table();
        root.problems().throwIfAny();
        Table file = table.orElseThrow();
        file.requireVersion(1);
        List<Expectation> expectations = new ArrayList<>();
        for (String section : List.of("expect", "allow")) {
            for (Value value : file.get(section).map(Value::list).orElse(List.of())) {
                value.table()
                        .flatMap(entry -> expectation(entry, value, section.equals("allow"), servers))
                        .ifPresent(expectations::add);
            }
        }
        file.rejectUnknown();
        root.problems().throwIfAny();
        return List.copyOf(expectations);
    }

    private static Optional<Expectation> expectation(Table entry, Value at, boolean allowed, List<String> servers) {
        Optional<Value> pathValue = entry.require("path");
        Optional<String> path = pathValue.flatMap(Value::text);
        Optional<String> kind = entry.get("is").flatMap(value -> value.oneOf(KINDS));
        Optional<String> from = entry.get("from").flatMap(Value::text);
        Optional<String> to = entry.get("to").flatMap(Value::text);
        Optional<Expectation.Need> need =
                allowed ? Optional.of(Expectation.Need.NONE) : entry.get("on").flatMap(value -> value.oneOf(NEEDS));
        Optional<String> why = entry.get("why").flatMap(Value::text);
        entry.rejectUnknown();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Expectation expectation = new Expectation(
                path.get(),
                kind.orElse(null),
                from.orElse(null),
                to.orElse(null),
                need.orElse(Expectation.Need.EACH),
                why.orElse(""),
                at.at().line());
        String[] parts = expectation.path().split("/", 3);
        if (parts.length > 1 && parts[1].matches("[^*?]*") && !AREAS.contains(parts[1])) {
            pathValue.get().wrong("there is no area '" + parts[1] + "'" + Suggestion.didYouMean(parts[1], AREAS));
        }
        if (servers.stream().noneMatch(expectation::names)) {
            pathValue
                    .get()
                    .wrong("the path '" + path.get() + "' names no server of this change; it begins with a"
                            + " server's name or a pattern such as *, then /area/...");
        }
        return Optional.of(expectation);
    }
}
