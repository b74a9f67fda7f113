package dev.asrdoctor.policy;

import dev.asrdoctor.config.Value;
import dev.asrdoctor.text.Words;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One value of the policy file.
 *
 * @param section and {@code name} where it stands in the file
 * @param otherwise what holds when the file says nothing
 * @param words what it decides
 */
public record Setting<T>(String section, String name, T otherwise, Kind<T> kind, String words) {

    /**
     * How a value is read.
     *
     * @param schema its JSON type in the policy's schema
     */
    public record Kind<T>(String schema, Function<Value, Optional<T>> read) {}

    private static final Kind<Integer> PERCENT = new Kind<>("percent", value -> value.integer(0, 100));
    private static final Kind<Integer> COUNT = new Kind<>("count", value -> value.integer(0, Integer.MAX_VALUE));
    private static final Kind<Duration> TIME = new Kind<>("duration", Value::duration);
    private static final Kind<Boolean> FLAG = new Kind<>("flag", Value::bool);
    private static final Kind<Set<String>> NAMES =
            new Kind<>("names", value -> Optional.of(new LinkedHashSet<>(value.texts())));

    private static final Kind<String> TEXT = new Kind<>("text", Value::text);
    private static final Kind<String> FILE = new Kind<>(
            "text",
            value -> value.text().map(text -> {
                try {
                    if (Path.of(text).toString().isBlank()) {
                        value.wrong("expected the name of a file");
                    }
                } catch (InvalidPathException e) {
                    value.wrong("no file can have this name: " + e.getReason());
                }
                return text;
            }));
    private static final Kind<List<TimeWindow>> WINDOWS = new Kind<>("names", value -> {
        List<TimeWindow> windows = new ArrayList<>();
        for (Value item : value.list()) {
            item.text().ifPresent(text -> {
                try {
                    windows.add(TimeWindow.parse(text));
                } catch (IllegalArgumentException e) {
                    item.wrong(String.valueOf(e.getMessage()));
                }
            });
        }
        return Optional.of(List.copyOf(windows));
    });

    private static final Kind<RemedyMode> MODE = new Kind<>(
            "remedyMode",
            value -> value.oneOf(
                    Map.of("never", RemedyMode.NEVER, "what-if", RemedyMode.WHAT_IF, "apply", RemedyMode.APPLY)));

    public static Setting<RemedyMode> mode(String name, RemedyMode otherwise, String words) {
        return new Setting<>("remedies", name, otherwise, MODE, words);
    }

    /** One of the values, which the schema lists under {@code schema}. */
    public static <T> Setting<T> choice(
            String section, String name, String schema, Map<String, T> values, T otherwise, String words) {
        return new Setting<>(section, name, otherwise, new Kind<>(schema, value -> value.oneOf(values)), words);
    }

    static Setting<String> text(String section, String name, String otherwise, String words) {
        return new Setting<>(section, name, otherwise, TEXT, words);
    }

    public static Setting<String> file(String section, String name, String otherwise, String words) {
        return new Setting<>(section, name, otherwise, FILE, words);
    }

    public static Setting<List<TimeWindow>> windows(String section, String name, String words) {
        return new Setting<>(section, name, List.of(), WINDOWS, words);
    }

    public static Setting<Integer> percent(String section, String name, int otherwise, String words) {
        return new Setting<>(section, name, otherwise, PERCENT, words);
    }

    public static Setting<Integer> count(String section, String name, int otherwise, String words) {
        return new Setting<>(section, name, otherwise, COUNT, words);
    }

    public static Setting<Duration> time(String section, String name, Duration otherwise, String words) {
        return new Setting<>(section, name, otherwise, TIME, words);
    }

    public static Setting<Boolean> flag(String section, String name, boolean otherwise, String words) {
        return new Setting<>(section, name, otherwise, FLAG, words);
    }

    public static Setting<Set<String>> names(String section, String name, String words) {
        return new Setting<>(section, name, Set.of(), NAMES, words);
    }

    /** For example {@code health.cpuWarn}. */
    public String path() {
        return section + "." + name;
    }

    /** The default as the policy file writes it. */
    public String defaultWords() {
        return switch (otherwise) {
            case Duration duration -> Words.duration(duration);
            case List<?> windows -> windows.isEmpty() ? "none" : windows.toString();
            case Set<?> names -> names.isEmpty() ? "none" : names.toString();
            case Enum<?> word -> Words.word(word);
            case Integer number when kind.schema().equals("percent") -> number + " %";
            default -> String.valueOf(otherwise);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Setting<?> setting && setting.path().equals(path());
    }

    @Override
    public int hashCode() {
        return path().hashCode();
    }
}
