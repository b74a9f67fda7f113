package dev.asrdoctor.change;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.facts.FactArea;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a file of declared differences, version 1 (inventory/schemas/change-1.schema.json). */
public final class Expectations {
    private static final String PROBLEMS = Difference.VERDICTS;
    private static final Map<String, String> KINDS = words(List.of("added", "removed", "changed"));
    private static final Map<String, Expectation.Need> NEEDS = needs();
    /** Nothing is declared where there is no file. */
    public static List<Expectation> loadOrNone(@Nullable Path file, List<String> servers) throws ConfigException {
        return file == null ? List.of() : load(file, servers);
    }

    /** Nothing is declared where nothing was kept. */
    static List<Expectation> keptOrNone(@Nullable Attachment kept, List<String> servers) throws ConfigException {
        return kept == null ? List.of() : read(kept.read(), servers);
    }

    /** What a verdict of a check can go from and to. */
    private static final Map<String, String> VERDICTS =
            words(Stream.of(Status.values()).map(ProblemChange::word).toList());

    /** The second part of a path. */
    private static final List<String> AREAS = Stream.concat(
                    FactArea.all().stream().map(FactArea::id), Stream.of(PROBLEMS))
            .toList();

    private Expectations() {}

    private static Map<String, String> words(List<String> words) {
        Map<String, String> map = new LinkedHashMap<>();
        words.forEach(word -> map.put(word, word));
        return map;
    }

    private static Map<String, Expectation.Need> needs() {
        Map<String, Expectation.Need> needs = new LinkedHashMap<>();
        needs.put("each", Expectation.Need.EACH);
        needs.put("any", Expectation.Need.ANY);
        return needs;
    }

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
        checkPath(expectation, pathValue.get());
        checkValues(expectation, at);
        if (servers.stream().noneMatch(expectation::names)) {
            pathValue
                    .get()
                    .wrong("the path '" + path.get() + "' names no server of this change; it begins with a"
                            + " server's name or a pattern such as *, then /area/...");
        }
        return Optional.of(expectation);
    }

    /** Whatever cannot come for its path alone. */
    private static void checkPath(Expectation expectation, Value path) {
        String[] parts = expectation.path().split("/", -1);
        if (parts.length < 2 || !literal(parts[1])) {
            return;
        }
        if (!AREAS.contains(parts[1])) {
            path.wrong("there is no area '" + parts[1] + "'" + Suggestion.didYouMean(parts[1], AREAS));
        } else if (parts[1].equals(PROBLEMS)) {
            String check = parts.length < 3 ? "" : parts[2];
            if (literal(check) && !Checks.ids().contains(check)) {
                path.wrong((check.isEmpty() ? "a check is missing" : "there is no check '" + check + "'")
                        + Suggestion.didYouMean(check, Checks.ids())
                        + "; it goes SERVER/problems/CHECK/SUBJECT, and asrdoctor checks lists them");
            }
        } else {
            List<String> inside = List.of(parts).subList(1, parts.length);
            String fact = String.join("/", inside);
            if (expectation.need() != Expectation.Need.NONE && FactTree.neverCompared(fact)) {
                path.wrong("'" + fact + "' is never compared, because it differs between any two readings, so it"
                        + " cannot come");
            } else {
                FactPaths.mistake(inside).ifPresent(path::wrong);
            }
        }
    }

    /** Whatever cannot come for its values. */
    private static void checkValues(Expectation expectation, Value at) {
        String from = expectation.from();
        String to = expectation.to();
        if ("added".equals(expectation.kind()) && from != null) {
            at.wrong("what is added has no value before, so 'from' can never fit");
        }
        if ("removed".equals(expectation.kind()) && to != null) {
            at.wrong("what is removed has no value after, so 'to' can never fit");
        }
        if (from != null && from.equals(to) && literal(from)) {
            at.wrong("'from' and 'to' are the same, so it is no difference");
        }
        String[] parts = expectation.path().split("/", 3);
        if (parts.length > 1 && parts[1].equals(PROBLEMS)) {
            Stream.of("from", "to")
                    .forEach(side ->
                            verdict(side, side.equals("from") ? from : to).ifPresent(at::wrong));
        }
    }

    private static Optional<String> verdict(String side, @Nullable String word) {
        return word == null || !literal(word) || VERDICTS.containsKey(word.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of("'" + side + "' of a check is " + String.join(", ", VERDICTS.keySet()) + ", not '" + word
                        + "'" + Suggestion.didYouMean(word, VERDICTS.keySet()));
    }

    private static boolean literal(String pattern) {
        return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    }
}
