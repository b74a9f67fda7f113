package dev.asrdoctor.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Names with values. A reader asks for the names that it knows and then calls {@link #rejectUnknown}, which tells every
 * other name as a mistake.
 */
public final class Table {

    /** A name as it stands in the file, with its value. */
    public record Entry(String name, Position at, Value value) {}

    private final String file;
    private final Position at;
    private final Problems problems;
    private final Map<String, Entry> entries;
    private final Set<String> known = new LinkedHashSet<>();

    private Table(String file, Position at, Problems problems, Map<String, Entry> entries) {
        this.file = file;
        this.at = at;
        this.problems = problems;
        this.entries = entries;
    }

    static Table empty(String file, Position at, Problems problems) {
        return new Table(file, at, problems, Map.of());
    }

    static Table of(MappingNode node, String file, Problems problems) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Position at = Value.position(file, tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(at, "a name has to be a text");
                continue;
            }
            Entry entry = new Entry(key.getValue(), at, new Value(tuple.getValueNode(), file, problems));
            Entry earlier = entries.putIfAbsent(entry.name(), entry);
            if (earlier != null) {
                problems.add(
                        at,
                        "'" + entry.name() + "' is given twice; it stands already in line "
                                + earlier.at().line());
            }
        }
        return new Table(file, Value.position(file, node), problems, entries);
    }

    public Position at() {
        return at;
    }

    public List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /** The value, unless it is missing or empty. */
    public Optional<Value> get(String name) {
        known.add(name);
        return Optional.ofNullable(entries.get(name)).map(Entry::value).filter(value -> !value.isNull());
    }

    /** The value; that it is missing is a mistake. */
    public Optional<Value> require(String name) {
        Optional<Value> value = get(name);
        if (value.isEmpty()) {
            problems.add(at, "'" + name + "' is missing here");
        }
        return value;
    }

    /** Every format carries its version; a newer one than this program knows is told as such. */
    public void requireVersion(int newest) {
        require("version")
                .ifPresent(value -> value.integer(1, Integer.MAX_VALUE)
                        .filter(version -> version > newest)
                        .ifPresent(version -> value.wrong("this file is of version " + version
                                + "; this asrdoctor reads version " + newest + ", a newer one is needed")));
    }

    public void rejectUnknown() {
        if (known.contains("version") && known.stream().noneMatch(entries::containsKey) && !entries.isEmpty()) {
            // Somebody else's file, whose content is nobody's business here.
            problems.nothingBut(
                    at,
                    "this is no file for asrdoctor: 'version' is missing, and none of its keys is known here (known are "
                            + String.join(", ", new TreeSet<>(known)) + ")");
            return;
        }
        for (Entry entry : entries.values()) {
            if (!known.contains(entry.name())) {
                problems.add(
                        entry.at(),
                        entry.name().equals("<<")
                                ? "'<<' merges nothing here; write the keys out, or put what is shared into a group's settings"
                                : "unknown key '" + entry.name() + "'" + Suggestion.didYouMean(entry.name(), known));
            }
        }
    }

    @Override
    public String toString() {
        return file + entries.keySet();
    }
}
