package dev.asrdoctor.diagnosis;

import dev.asrdoctor.check.Checks;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads causes and the flow from YAML, version 1, and tells every mistake with file, line and column. */
public final class KnowledgeReader {
    private static final String SHIPPED = "/diagnosis/causes.yaml";
    private static final Set<Deployment> EVERYWHERE =
            Set.copyOf(Products.shipped().deployments());
    private static final Map<String, Cause.Level> LEVELS = words(Cause.Level.values());
    private static final Map<String, Cause.Kind> KINDS = words(Cause.Kind.values());
    private static final Map<String, Cause.Sureness> SURENESS = words(Cause.Sureness.values());
    private static final Map<String, Status> STATUSES = words(Status.values());
    private static final Map<String, Deployment> DEPLOYMENTS = deployments();
    /** A risk names no remedy of its own; these are what {@code asrdoctor remediate} can do. */
    private static final Set<String> REMEDIES = Set.of("start-services");

    private KnowledgeReader() {}

    /** What comes with the program. */
    public static Knowledge shipped() {
        return Shipped.KNOWLEDGE;
    }

    private static final class Shipped {
        private static final Knowledge KNOWLEDGE = load();

        private static Knowledge load() {
            try (InputStream in = Objects.requireNonNull(KnowledgeReader.class.getResourceAsStream(SHIPPED))) {
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), SHIPPED, Map.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ConfigException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * The shipped knowledge with a file's causes in place of or beside it.
     *
     * @throws ConfigException with every mistake, each with file, line and column
     */
    public static Knowledge shippedWith(Path file) throws ConfigException {
        return shipped()
                .with(parse(YamlFile.text(file), file.toString(), shipped().causes()));
    }

    /** @param known causes that may be named as rivals beside those of the text */
    static Knowledge parse(String text, String file, Map<String, Cause> known) throws ConfigException {
        Value root = YamlFile.parse(text, file);
        Optional<Table> table = root.table();
        root.problems().throwIfAny();
        Knowledge knowledge = read(table.orElseThrow(), known);
        root.problems().throwIfAny();
        return knowledge;
    }

    private static Knowledge read(Table file, Map<String, Cause> known) {
        file.requireVersion(1);
        file.get("patterns");
        List<Knowledge.Question> flow = new ArrayList<>();
        for (Value value : file.get("flow").map(Value::list).orElse(List.of())) {
            value.table().ifPresent(question -> flow.add(question(question)));
        }
        Map<String, Cause> causes = new LinkedHashMap<>();
        Optional<Table> listed = file.require("causes").flatMap(Value::table);
        List<Table.Entry> entries = listed.map(Table::entries).orElse(List.of());
        for (Table.Entry entry : entries) {
            entry.value().table().ifPresent(cause -> causes.put(entry.name(), cause(entry.name(), cause)));
        }
        file.rejectUnknown();
        for (Table.Entry entry : entries) {
            Cause cause = causes.get(entry.name());
            if (cause != null) {
                for (Cause.Rival rival : cause.rivals()) {
                    if (!causes.containsKey(rival.cause()) && !known.containsKey(rival.cause())) {
                        entry.value()
                                .wrong("no cause is called '" + rival.cause() + "'"
                                        + Suggestion.didYouMean(rival.cause(), causes.keySet()));
                    }
                }
            }
        }
        return new Knowledge(flow, causes);
    }

    private static Knowledge.Question question(Table table) {
        String ask = table.require("ask").flatMap(Value::text).orElse("");
        int step = table.get("step").flatMap(value -> value.integer(0, 13)).orElse(0);
        List<String> checks = new ArrayList<>();
        for (Value value : table.require("checks").map(Value::list).orElse(List.of())) {
            value.text().filter(id -> isCheck(id, value)).ifPresent(checks::add);
        }
        table.rejectUnknown();
        return new Knowledge.Question(ask, step, checks);
    }

    private static Cause cause(String id, Table table) {
        Set<Deployment> on = new LinkedHashSet<>();
        for (Value value : table.get("on").map(Value::list).orElse(List.of())) {
            value.oneOf(DEPLOYMENTS).ifPresent(on::add);
        }
        List<Need> needs = new ArrayList<>();
        for (Value value : table.require("needs").map(KnowledgeReader::flat).orElse(List.of())) {
            value.table().ifPresent(need -> {
                if (need.has("any")) {
                    needs.add(new Need(conditions(need, "any")));
                    need.rejectUnknown();
                } else {
                    needs.add(new Need(condition(need).stream().toList()));
                }
            });
        }
        List<Cause.Rival> rivals = new ArrayList<>();
        for (Value value : table.get("rivals").map(KnowledgeReader::flat).orElse(List.of())) {
            value.table().ifPresent(rival -> {
                rivals.add(new Cause.Rival(
                        rival.require("cause").flatMap(Value::text).orElse(""),
                        rival.require("decide").flatMap(Value::text).orElse("")));
                rival.rejectUnknown();
            });
        }
        Cause cause = new Cause(
                id,
                table.get("level").flatMap(value -> value.oneOf(LEVELS)).orElse(Cause.Level.SERVICE),
                table.require("title").flatMap(Value::text).orElse(""),
                table.get("kind").flatMap(value -> value.oneOf(KINDS)).orElse(Cause.Kind.FAULT),
                table.get("sure").flatMap(value -> value.oneOf(SURENESS)).orElse(Cause.Sureness.LIKELY),
                on.isEmpty() ? EVERYWHERE : Set.copyOf(on),
                table.get("each").flatMap(Value::text).orElse(null),
                List.copyOf(needs),
                conditions(table, "confirms"),
                conditions(table, "supports"),
                conditions(table, "doubts"),
                conditions(table, "against"),
                conditions(table, "explains"),
                table.require("next").flatMap(Value::text).orElse(""),
                table.get("remedy").flatMap(KnowledgeReader::remedy).orElse(null),
                table.get("findOut").flatMap(Value::text).orElse(null),
                List.copyOf(rivals));
        table.rejectUnknown();
        return cause;
    }

    private static Optional<String> remedy(Value value) {
        return value.text().filter(remedy -> {
            if (!REMEDIES.contains(remedy)) {
                value.wrong("no remedy is called '" + remedy + "'; there is " + String.join(", ", REMEDIES));
            }
            return REMEDIES.contains(remedy);
        });
    }

    private static List<Condition> conditions(Table table, String name) {
        List<Condition> conditions = new ArrayList<>();
        for (Value value : table.get(name).map(KnowledgeReader::flat).orElse(List.of())) {
            value.table().flatMap(KnowledgeReader::condition).ifPresent(conditions::add);
        }
        return List.copyOf(conditions);
    }

    /** Lists within lists, as they come about where an anchor is used, are one list. */
    private static List<Value> flat(Value value) {
        return value.isList()
                ? value.list().stream().flatMap(item -> flat(item).stream()).toList()
                : List.of(value);
    }

    private static Optional<Condition> condition(Table table) {
        Optional<String> check =
                table.require("check").flatMap(value -> value.text().filter(id -> isCheck(id, value)));
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        for (Value value : table.get("status").map(Value::list).orElse(List.of())) {
            value.oneOf(STATUSES).ifPresent(statuses::add);
        }
        Map<String, ValueTest> where = new LinkedHashMap<>();
        table.get("where").flatMap(Value::table).ifPresent(tests -> {
            for (Table.Entry entry : tests.entries()) {
                valueTest(entry.value()).ifPresent(test -> where.put(entry.name(), test));
            }
        });
        Condition condition = new Condition(
                table.get("of").flatMap(KnowledgeReader::relation).orElse(Relation.SELF),
                check.orElse(""),
                statuses.isEmpty() ? Condition.BAD : Set.copyOf(statuses),
                table.get("subject").map(Value::texts).orElse(List.of()),
                where,
                table.get("alike")
                        .flatMap(Value::table)
                        .map(KnowledgeReader::alike)
                        .orElse(null),
                table.get("when").map(Value::texts).orElse(List.of()));
        table.rejectUnknown();
        return check.map(id -> condition);
    }

    private static Condition.Alike alike(Table table) {
        Condition.Alike alike = new Condition.Alike(
                table.get("evidence").flatMap(Value::text).orElse(""),
                table.get("within")
                        .flatMap(value -> value.integer(0, Integer.MAX_VALUE))
                        .orElse(0),
                table.require("among").flatMap(KnowledgeReader::relation).orElse(Relation.SELF),
                table.require("percent").flatMap(value -> value.integer(1, 100)).orElse(100),
                table.require("least").flatMap(value -> value.integer(2, 1000)).orElse(2));
        table.rejectUnknown();
        return alike;
    }

    private static Optional<Relation> relation(Value value) {
        return value.text().flatMap(word -> {
            Optional<Relation> relation = Relation.of(word);
            if (relation.isEmpty()) {
                value.wrong("'" + word + "' is not one of "
                        + String.join(
                                ", ", Relation.WORDS.keySet().stream().sorted().toList())
                        + " or same- with one of "
                        + String.join(", ", Attributes.NAMES.stream().sorted().toList()));
            }
            return relation;
        });
    }

    private static Optional<ValueTest> valueTest(Value value) {
        if (!value.isTable()) {
            return Optional.of(new ValueTest.OneOf(value.texts()));
        }
        return value.table().flatMap(table -> {
            Optional<Double> above = table.get("above").flatMap(KnowledgeReader::number);
            Optional<Double> below = table.get("below").flatMap(KnowledgeReader::number);
            Optional<ValueTest> matches = table.get("matches").flatMap(KnowledgeReader::matches);
            Optional<ValueTest> there = table.get("there").flatMap(Value::bool).map(ValueTest.There::new);
            table.rejectUnknown();
            if (above.isPresent() || below.isPresent()) {
                return Optional.of(new ValueTest.Between(
                        above.orElse(Double.NEGATIVE_INFINITY), below.orElse(Double.POSITIVE_INFINITY)));
            }
            if (matches.isEmpty() && there.isEmpty()) {
                value.wrong("expected a text, a list of texts, or one of above, below, matches, there");
            }
            return matches.or(() -> there);
        });
    }

    private static Optional<ValueTest> matches(Value value) {
        Optional<String> text = value.text();
        try {
            return text.map(regex -> new ValueTest.Matches(Pattern.compile(regex, Pattern.CASE_INSENSITIVE)));
        } catch (PatternSyntaxException e) {
            value.wrong("this is not a regular expression: " + e.getDescription());
            return Optional.empty();
        }
    }

    private static Optional<Double> number(Value value) {
        Optional<String> text = value.text();
        try {
            return text.map(Double::parseDouble);
        } catch (NumberFormatException e) {
            value.wrong("expected a number, not '" + text.orElse("") + "'");
            return Optional.empty();
        }
    }

    private static boolean isCheck(String id, Value value) {
        List<String> known = Stream.concat(Stream.of(ServerReport.REACHABLE), Checks.ids().stream())
                .toList();
        if (!known.contains(id)) {
            value.wrong("no check is called '" + id + "'" + Suggestion.didYouMean(id, known) + "; 'asrdoctor checks'"
                    + " lists them");
            return false;
        }
        return true;
    }

    private static <E extends Enum<E>> Map<String, E> words(E[] values) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) {
            words.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        return words;
    }

    private static Map<String, Deployment> deployments() {
        Map<String, Deployment> words = new LinkedHashMap<>();
        Products.shipped().deployments().forEach(deployment -> words.put(deployment.id(), deployment));
        return words;
    }
}
