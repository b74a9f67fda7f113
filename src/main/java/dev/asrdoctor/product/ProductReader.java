package dev.asrdoctor.product;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import dev.asrdoctor.text.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a product from YAML, version 1, and tells every mistake with file, line and column. */
public final class ProductReader {
    private static final Map<String, Weight> WEIGHTS = words(Weight.values());
    private static final Map<String, Trait> TRAITS = words(Trait.values());
    private static final Map<String, ProductService.Start> STARTS = words(ProductService.Start.values());
    /** What the script tells of the product, by the names of the facts. */
    private static final Set<String> FOUND = Set.of(
            "serverRoot",
            "agentRoot",
            "marsRoot",
            "marsScratch",
            "cxType",
            "csAddress",
            "csMode",
            "version",
            "registered",
            "applianceType",
            "cacheRoot",
            "joinedTo");

    private static final Set<String> ROOTS =
            Set.of("serverRoot", "agentRoot", "marsRoot", "dataRoot", "cacheRoot", "modernRoot");
    private static final int MOST_PORT = 65_535;
    private static final int MOST = 1_000_000;

    private final Map<String, ProductService> services = new LinkedHashMap<>();
    private final Map<String, Deployment> deployments = new LinkedHashMap<>();

    private ProductReader() {}

    /** @throws ConfigException with every mistake, each with file, line and column */
    public static Product read(Path file) throws ConfigException {
        return parse(YamlFile.text(file), file.toString());
    }

    static Product parse(String text, String file) throws ConfigException {
        Value root = YamlFile.parse(text, file);
        Optional<Table> table = root.table();
        root.problems().throwIfAny();
        Product product = new ProductReader().product(table.orElseThrow());
        root.problems().throwIfAny();
        return product;
    }

    private Product product(Table file) {
        file.requireVersion(1);
        String id = file.require("id").flatMap(Value::text).orElse("");
        String title = file.require("title").flatMap(Value::text).orElse("");
        entries(file.require("services"))
                .forEach(entry -> entry.value()
                        .table()
                        .ifPresent(table -> services.put(entry.name(), service(entry.name(), table))));
        List<Deployment> roles = new ArrayList<>();
        // Each deployment knows its product, and the product its deployments.
        List<Detection.ByRegistry> byRegistry = new ArrayList<>();
        List<Detection.ByServices> byServices = new ArrayList<>();
        Product product = new Product(
                id,
                title,
                Collections.unmodifiableMap(services),
                named(file.get("startOrder")),
                Collections.unmodifiableList(roles),
                new Detection(Collections.unmodifiableList(byRegistry), Collections.unmodifiableList(byServices)),
                file.get("marks").map(Value::list).orElse(List.of()).stream()
                        .flatMap(value -> value.table().stream())
                        .map(ProductReader::mark)
                        .toList(),
                roots(file.get("roots")),
                file.get("packages").map(Value::texts).orElse(List.of()),
                map(file.get("ports"), value -> value.integer(1, MOST_PORT)),
                map(file.get("registry"), value -> Optional.of(List.copyOf(value.texts()))),
                map(file.get("files"), value -> value.table().map(ProductReader::file)),
                map(file.get("engine"), Value::text),
                file.get("pending").flatMap(ProductReader::pattern).orElse(""),
                map(file.get("logs"), value -> value.table().map(ProductReader::log)),
                map(file.get("clouds"), value -> value.table().map(ProductReader::cloud)),
                map(file.get("otherProducts"), Value::text));
        for (Table.Entry entry : entries(file.require("deployments"))) {
            entry.value().table().ifPresent(table -> {
                Deployment deployment = deployment(entry.name(), table, product);
                deployments.put(entry.name(), deployment);
                roles.add(deployment);
            });
        }
        file.get("detection").flatMap(Value::table).ifPresent(table -> detection(table, byRegistry, byServices));
        file.rejectUnknown();
        return product;
    }

    private static ProductService service(String name, Table table) {
        ProductService service = new ProductService(
                name,
                table.get("displayNames").map(Value::texts).orElse(List.of()),
                table.require("severity").flatMap(value -> value.oneOf(WEIGHTS)).orElse(Weight.LOW),
                table.get("startType").flatMap(value -> value.oneOf(STARTS)).orElse(ProductService.Start.AUTOMATIC),
                flag(table, "anyStartType"),
                flag(table, "startTypeInferred"),
                flag(table, "manualUntilRegistered"),
                flag(table, "cameLater"),
                flag(table, "olderThanLater"),
                flag(table, "uploads"),
                table.get("dependsOn").map(Value::texts).orElse(List.of()),
                table.get("program").flatMap(Value::text).orElse(""));
        table.rejectUnknown();
        return service;
    }

    private Deployment deployment(String id, Table table, Product product) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Value value : table.get("is").map(Value::list).orElse(List.of())) {
            value.oneOf(TRAITS).ifPresent(traits::add);
        }
        List<ProductService> required = named(table.require("requires"));
        Deployment deployment = new KnownDeployment(
                id,
                product,
                traits,
                services.values().stream().filter(required::contains).toList(),
                named(table.get("expects")),
                table.get("exclusions")
                        .flatMap(Value::table)
                        .map(ProductReader::exclusions)
                        .orElse(Exclusions.NONE),
                table.get("capacity").map(Value::list).orElse(List.of()).stream()
                        .flatMap(value -> value.table().stream())
                        .map(ProductReader::capacity)
                        .toList(),
                map(table.get("leavesOut"), Value::text));
        table.rejectUnknown();
        return deployment;
    }

    private static Mark mark(Table table) {
        Mark mark = new Mark(
                table.require("key").flatMap(Value::text).orElse(""),
                table.get("value").flatMap(Value::text).orElse(""),
                table.get("is").flatMap(Value::text).orElse(""),
                table.get("file").flatMap(Value::text).orElse(""));
        if (!mark.value().isEmpty() && mark.is().isEmpty() && mark.file().isEmpty()) {
            table.require("is");
        }
        table.rejectUnknown();
        return mark;
    }

    private static Map<String, String> roots(Optional<Value> value) {
        entries(value).forEach(entry -> known(entry.name(), entry.value(), ROOTS));
        return map(value, Value::text);
    }

    private static Exclusions exclusions(Table table) {
        Exclusions exclusions = new Exclusions(
                table.get("all").map(Value::texts).orElse(List.of()),
                table.get("anyOf").map(Value::texts).orElse(List.of()));
        table.rejectUnknown();
        return exclusions;
    }

    private static CapacityRow capacity(Table table) {
        CapacityRow row = new CapacityRow(
                number(table, "cores"),
                number(table, "memoryGB"),
                number(table, "cacheGB") * CapacityRow.GB,
                number(table, "churnGB") * CapacityRow.GB,
                number(table, "machines"));
        table.rejectUnknown();
        return row;
    }

    private void detection(Table table, List<Detection.ByRegistry> byRegistry, List<Detection.ByServices> byServices) {
        for (Value value : table.get("registry").map(Value::list).orElse(List.of())) {
            value.table().ifPresent(rule -> byRegistry(rule).ifPresent(byRegistry::add));
        }
        for (Value value : table.get("services").map(Value::list).orElse(List.of())) {
            value.table().ifPresent(rule -> byServices(rule).ifPresent(byServices::add));
        }
        table.rejectUnknown();
    }

    private Optional<Detection.ByRegistry> byRegistry(Table table) {
        Optional<Deployment> deployment = table.require("deployment").flatMap(value -> value.oneOf(deployments));
        Map<String, List<String>> where = new LinkedHashMap<>();
        for (Table.Entry entry : entries(table.get("where"))) {
            known(entry.name(), entry.value(), FOUND);
            where.put(entry.name(), entry.value().texts());
        }
        List<String> has = among(table.get("has"), FOUND);
        List<String> lacks = among(table.get("lacks"), FOUND);
        if (where.isEmpty() && has.isEmpty()) {
            table.require("has");
        }
        table.rejectUnknown();
        return deployment.map(one -> new Detection.ByRegistry(one, where, has, lacks));
    }

    private Optional<Detection.ByServices> byServices(Table table) {
        Optional<Deployment> deployment = table.require("deployment").flatMap(value -> value.oneOf(deployments));
        List<ProductService> any = named(table.require("any"));
        List<ProductService> also = named(table.get("also"));
        table.rejectUnknown();
        return deployment.map(one -> new Detection.ByServices(one, any, also));
    }

    private static ProductFile file(Table table) {
        ProductFile file = new ProductFile(
                root(table),
                table.require("path").flatMap(Value::text).orElse(""),
                table.get("section").flatMap(Value::text).orElse(""));
        table.rejectUnknown();
        return file;
    }

    private static Log log(Table table) {
        Log log = new Log(
                table.require("entry").flatMap(ProductReader::pattern).orElse(""),
                table.require("bad").flatMap(ProductReader::pattern).orElse(""),
                table.require("good").flatMap(ProductReader::pattern).orElse(""),
                table.require("places").map(Value::list).orElse(List.of()).stream()
                        .flatMap(value -> value.table().stream())
                        .map(ProductReader::place)
                        .toList());
        table.rejectUnknown();
        return log;
    }

    private static Log.Place place(Table table) {
        Log.Place place = new Log.Place(
                root(table),
                table.get("folder").flatMap(Value::text).orElse(""),
                table.require("files").flatMap(Value::text).orElse("*"));
        table.rejectUnknown();
        return place;
    }

    private static CloudUrls cloud(Table table) {
        CloudUrls urls = new CloudUrls(
                table.get("hosts").map(Value::list).orElse(List.of()).stream()
                        .map(Value::texts)
                        .toList(),
                table.get("patterns").map(Value::texts).orElse(List.of()));
        table.rejectUnknown();
        return urls;
    }

    private static String root(Table table) {
        return table.require("root")
                .flatMap(value -> value.text().filter(name -> known(name, value, ROOTS)))
                .orElse("");
    }

    private List<ProductService> named(Optional<Value> list) {
        List<ProductService> found = new ArrayList<>();
        for (Value value : list.map(Value::list).orElse(List.of())) {
            value.oneOf(services).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private static List<String> among(Optional<Value> list, Set<String> known) {
        List<String> found = new ArrayList<>();
        for (Value value : list.map(Value::list).orElse(List.of())) {
            value.text().filter(name -> known(name, value, known)).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private static boolean known(String name, Value at, Set<String> known) {
        if (!known.contains(name)) {
            at.wrong("'" + name + "' is not one of " + String.join(", ", new TreeSet<>(known))
                    + Suggestion.didYouMean(name, known));
            return false;
        }
        return true;
    }

    /** The server matches by .NET what is judged by Java: what both know is written alike. */
    private static Optional<String> pattern(Value value) {
        Optional<String> text = value.text();
        try {
            text.ifPresent(Pattern::compile);
            return text;
        } catch (PatternSyntaxException e) {
            value.wrong("this is not a regular expression: " + e.getDescription());
            return Optional.empty();
        }
    }

    private static int number(Table table, String name) {
        return table.require(name).flatMap(value -> value.integer(1, MOST)).orElse(1);
    }

    private static boolean flag(Table table, String name) {
        return table.get(name).flatMap(Value::bool).orElse(false);
    }

    private static List<Table.Entry> entries(Optional<Value> value) {
        return value.flatMap(Value::table).map(Table::entries).orElse(List.of());
    }

    private static <T> Map<String, T> map(Optional<Value> value, Function<Value, Optional<T>> read) {
        Map<String, T> items = new LinkedHashMap<>();
        for (Table.Entry entry : entries(value)) {
            read.apply(entry.value()).ifPresent(item -> items.put(entry.name(), item));
        }
        return Collections.unmodifiableMap(items);
    }

    private static <E extends Enum<E>> Map<String, E> words(E[] values) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> words.put(Words.word(value), value));
        return words;
    }
}
