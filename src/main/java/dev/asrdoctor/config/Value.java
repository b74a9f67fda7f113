package dev.asrdoctor.config;

import dev.asrdoctor.text.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a YAML file that knows where it stands. Every reading method returns nothing when the value is not of that
 * kind, and has then put the mistake into the file's {@link Problems}; so a reader reads on and tells all mistakes.
 */
public final class Value {
    private final Node node;
    private final String file;
    private final Problems problems;

    Value(Node node, String file, Problems problems) {
        this.node = node;
        this.file = file;
        this.problems = problems;
    }

    Node node() {
        return node;
    }

    /** Another value of the same file. */
    Value of(Node other) {
        return new Value(other, file, problems);
    }

    static Position position(String file, Node node) {
        return node.getStartMark()
                .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(new Position(file, 1, 1));
    }

    public Position at() {
        return position(file, node);
    }

    public Problems problems() {
        return problems;
    }

    public void wrong(String message) {
        problems.add(at(), message);
    }

    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    public boolean isText() {
        return node instanceof ScalarNode && !isNull();
    }

    public boolean isTable() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** An empty value counts as an empty table. */
    public Optional<Table> table() {
        if (isNull()) {
            return Optional.of(Table.empty(file, at(), problems));
        }
        if (node.isRecursive()) {
            wrong("this value contains itself through an alias");
            return Optional.empty();
        }
        if (node instanceof MappingNode mapping) {
            return Optional.of(Table.of(mapping, file, problems));
        }
        wrong("expected names with values here, not " + kind());
        return Optional.empty();
    }

    /** A single value counts as a list of one. */
    public List<Value> list() {
        if (isNull()) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            return List.of(this);
        }
        if (node.isRecursive()) {
            wrong("this list contains itself through an alias");
            return List.of();
        }
        List<Value> values = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            values.add(new Value(item, file, problems));
        }
        return values;
    }

    public List<String> texts() {
        return list().stream().map(Value::text).flatMap(Optional::stream).toList();
    }

    /** Any scalar as it is written: {@code 5985} and {@code true} are texts too. */
    public Optional<String> text() {
        if (isText()) {
            return Optional.of(((ScalarNode) node).getValue());
        }
        wrong("expected a text here, not " + kind());
        return Optional.empty();
    }

    public Optional<Integer> integer(int least, int most) {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.INT)) {
            try {
                int number = Integer.decode(scalar.getValue());
                if (number >= least && number <= most) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException e) {
                // Falls through to the same message.
            }
        }
        wrong("expected a whole number from " + least + " to " + most + ", not " + kind());
        return Optional.empty();
    }

    public Optional<Boolean> bool() {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
            return Optional.of(Boolean.parseBoolean(scalar.getValue()));
        }
        wrong("expected true or false, not " + kind());
        return Optional.empty();
    }

    public Optional<Duration> duration() {
        Optional<Duration> duration = isText() ? Durations.parse(((ScalarNode) node).getValue()) : Optional.empty();
        if (duration.isEmpty()) {
            wrong("expected a duration such as 500ms, 90s, 2m or 1h, not " + kind());
        }
        return duration;
    }

    public <E> Optional<E> oneOf(Map<String, E> words) {
        Optional<String> text = text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        E meant = words.get(text.get());
        if (meant == null) {
            wrong("'" + text.get() + "' is not one of " + String.join(", ", words.keySet())
                    + Suggestion.didYouMean(text.get(), words.keySet()));
        }
        return Optional.ofNullable(meant);
    }

    /** The value as maps, lists, texts, whole numbers, truths and nulls. */
    public @Nullable Object plain() {
        if (isNull()) {
            return null;
        }
        if (isTable()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            table().ifPresent(table -> table.entries()
                    .forEach(entry -> map.put(entry.name(), entry.value().plain())));
            return map;
        }
        if (isList()) {
            List<@Nullable Object> values = new ArrayList<>();
            list().forEach(item -> values.add(item.plain()));
            return values;
        }
        String text = text().orElse("");
        if (node.getTag().equals(Tag.BOOL)) {
            return Boolean.parseBoolean(text);
        }
        if (node.getTag().equals(Tag.INT)) {
            try {
                return Long.decode(text);
            } catch (NumberFormatException e) {
                return text;
            }
        }
        return text;
    }

    private String kind() {
        return switch (node) {
            case MappingNode mapping -> "names with values";
            case SequenceNode sequence -> "a list";
            case ScalarNode scalar when isNull() -> "nothing";
            case ScalarNode scalar -> "'" + shortened(scalar.getValue()) + "'";
            default -> "this";
        };
    }

    private static String shortened(String text) {
        return Texts.cut(text, 40);
    }
}
