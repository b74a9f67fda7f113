package dev.asrdoctor.change;

import dev.asrdoctor.change.FactTree.Node.Group;
import dev.asrdoctor.change.FactTree.Node.Several;
import dev.asrdoctor.change.FactTree.Node.Value;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.UploadFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Facts as a tree of what can be compared: list items stand under their natural keys, so that no order matters, and what
 * differs between any two readings of the same server is left out (docs/change-windows.md, "What is compared"). Whatever is
 * not named here is compared as it is, so a new fact is never passed over.
 */
final class FactTree {
    /** A throughput is one short sample of something that comes in bursts. */
    private static final Noise THROUGHPUT = new Noise(4, 256 * 1024);
    /** Hypervisors and patches move what Windows can use of its memory a little. */
    private static final Noise MEMORY = new Noise(1.05, 0);

    /** By path, {@code *} for any item of a list. */
    private static final Set<String> ALWAYS_DIFFERS = Set.of(
            "host/utcNow",
            "host/bootedAt",
            "services/source",
            "services/services/*/displayName",
            "services/services/*/exitCode",
            "services/services/*/serviceExitCode",
            "services/services/*/processId",
            "services/services/*/processStartedAt",
            "services/events",
            "services/eventsError",
            "system/volumes/*/freeBytes",
            "performance/windowMillis",
            "performance/cpuPercent",
            "performance/committedPercent",
            "performance/commitLimitBytes",
            "performance/queueLength",
            "performance/diskWrittenBytes",
            "performance/earlier",
            "cache/complete",
            "cache/files",
            "cache/bytes",
            "cache/oldestAt",
            "cache/largestFolder",
            "cache/largestBytes",
            "heartbeat/logs",
            "history/events",
            "history/systemError",
            "history/applicationError",
            "time/lastKnownGood",
            "time/answers",
            "time/events",
            "time/eventsError",
            "transport/logs",
            "transport/others",
            "transport/transferTest",
            "connections/processes",
            "connections/total",
            "connections/connections",
            "licence/licences/*/graceMinutes",
            "marslog/logs",
            "serving/listeners/*/process",
            "bandwidth/windowMillis",
            "bandwidth/links/*/sentBytes",
            "bandwidth/links/*/errors",
            "bandwidth/links/*/discarded",
            "bandwidth/links/*/errorsSinceBoot",
            "bandwidth/segmentsSent",
            "bandwidth/segmentsSentAgain");

    private static final Map<String, Noise> NOISE = Map.of("system/memoryBytes", MEMORY);

    /** By which member of its items a list is compared; others by the items themselves. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("services/services", "name"),
            Map.entry("system/adapters", "name"),
            Map.entry("system/volumes", "name"),
            Map.entry("system/hosts", "name"),
            Map.entry("appliance/components", "file"),
            Map.entry("appliance/programs", "name"),
            Map.entry("appliance/policies", "name"),
            Map.entry("bandwidth/links", "name"),
            Map.entry("bandwidth/qos", "name"),
            Map.entry("crypto/dotNet", "bits"),
            Map.entry("certificates/named", "place"),
            Map.entry("certificates/store", "thumbprint"),
            Map.entry("serving/listeners", "port"));

    /** Connections into Azure, whose addresses and certificates change from one to the next. */
    private static final Set<String> INTO_AZURE = Set.of("firewall/urls", "marslog/addresses");

    /** Which items there are depends on what the logs happen to say. */
    private static final Set<String> ONLY_COMMON_ITEMS = Set.of("marslog/addresses");

    private static final Set<String> RULES = Set.of("firewall/rules", "serving/rules");
    private static final Set<String> PROFILES = Set.of("firewall/profiles", "serving/profiles");
    private static final String PROTOCOLS = "crypto/protocols";
    private static final Pattern RULE_NAME = Pattern.compile("(?:^|\\|)Name=([^|]+)");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private FactTree() {}

    /** A part of the facts. */
    sealed interface Node {
        /**
         * @param compared what has to be the same
         * @param noise null where nothing else will do
         */
        record Value(String text, String compared, @Nullable Noise noise) implements Node {
            Value(String text, @Nullable Noise noise) {
                this(text, text, noise);
            }

            boolean same(Value other) {
                return compared.equals(other.compared) || (noise != null && noise.covers(text, other.text));
            }
        }

        /**
         * @param leading the part of which everything else is a consequence, null where there is none
         * @param onlyCommon what only one side has says nothing
         */
        record Group(Map<String, Node> parts, @Nullable String leading, boolean onlyCommon) implements Node {}

        /** What has the same natural key, in any order. */
        record Several(List<Node> nodes) implements Node {}

        /** In one line. */
        default String text() {
            return switch (this) {
                case Value(String text, String compared, Noise noise) -> text;
                case Several(List<Node> nodes) ->
                    nodes.stream().map(Node::text).sorted().collect(Collectors.joining("; "));
                case Group(Map<String, Node> parts, String leading, boolean onlyCommon) ->
                    parts.entrySet().stream()
                            .map(part -> part.getKey() + "=" + part.getValue().text())
                            .collect(Collectors.joining(", ", "{", "}"));
            };
        }
    }

    /**
     * How far two numbers may lie apart.
     *
     * @param ratio of the larger to the smaller
     * @param least so far apart they may always be
     */
    record Noise(double ratio, double least) {
        boolean covers(String one, String other) {
            double a = Double.parseDouble(one);
            double b = Double.parseDouble(other);
            double larger = Math.max(a, b);
            double smaller = Math.min(a, b);
            return larger - smaller <= least || larger <= smaller * ratio;
        }
    }

    /** Areas that were asked for, by id; one that could not be read is a value that says so. */
    static Map<String, Node> areas(Facts facts) {
        JsonNode areas = FactsJson.toDocument(facts).path("areas");
        Map<String, Node> tree = new LinkedHashMap<>();
        for (FactArea<?> area : FactArea.all()) {
            String id = area.id();
            switch (facts.get(area)) {
                case Area.Unreadable<?>(String error, String message) -> {
                    if (!error.equals(Area.NOT_ASKED)) {
                        tree.put(id, new Value("unreadable: " + error, null));
                    }
                }
                case Area.Read<?>(Object data) ->
                    tree.put(
                            id,
                            data instanceof UploadFacts upload
                                    ? upload(upload)
                                    : table(areas.path(id).path("data"), id));
            }
        }
        return tree;
    }

    private static Group upload(UploadFacts upload) {
        return group(
                Map.of("bytesPerSecond", new Value(Long.toString(Math.round(upload.bytesPerSecond())), THROUGHPUT)));
    }

    private static Group group(Map<String, Node> parts) {
        return new Group(parts, null, false);
    }

    /** @param rules the path that rules are written with */
    private static Group table(JsonNode data, String rules) {
        Map<String, Node> parts = new LinkedHashMap<>();
        data.properties().forEach(member -> {
            String inner = rules + "/" + member.getKey();
            if (ALWAYS_DIFFERS.contains(inner) || member.getValue().isNull()) {
                return;
            }
            Node node = node(member.getValue(), inner);
            if (inner.equals("services/services") && node instanceof Group services) {
                parts.putAll(services.parts());
            } else {
                parts.put(escaped(member.getKey()), node);
            }
        });
        return group(parts);
    }

    private static Node node(JsonNode value, String rules) {
        if (value.isArray()) {
            return list(value, rules);
        }
        if (!value.isObject()) {
            return new Value(value.asString(), NOISE.get(rules));
        }
        return isConnection(value) ? connection(value, false) : table(value, rules);
    }

    private static Group list(JsonNode items, String rules) {
        Map<String, List<Node>> byKey = new LinkedHashMap<>();
        for (JsonNode item : items) {
            Node node = isConnection(item) ? connection(item, INTO_AZURE.contains(rules)) : node(item, rules + "/*");
            byKey.computeIfAbsent(key(item, node, rules), key -> new ArrayList<>())
                    .add(node);
        }
        Map<String, Node> parts = new LinkedHashMap<>();
        byKey.forEach((key, nodes) ->
                parts.put(escaped(key), nodes.size() == 1 ? nodes.getFirst() : new Several(List.copyOf(nodes))));
        return new Group(parts, null, ONLY_COMMON_ITEMS.contains(rules));
    }

    private static String key(JsonNode item, Node node, String rules) {
        String member = KEYS.get(rules);
        if (member != null) {
            return item.path(member).asString("");
        }
        if (isConnection(item)) {
            return item.path("host").asString("") + ":" + item.path("port").asString("");
        }
        if (rules.equals(PROTOCOLS)) {
            return item.path("version").asString("") + " (" + item.path("side").asString("") + ")";
        }
        if (PROFILES.contains(rules)) {
            return item.path("name").asString("") + " (" + item.path("from").asString("") + ")";
        }
        Matcher name = RULES.contains(rules) ? RULE_NAME.matcher(node.text()) : null;
        return name != null && name.find() ? name.group(1) : node.text();
    }

    private static boolean isConnection(JsonNode value) {
        return value.has("outcome") && value.has("stage") && value.has("host");
    }

    /** Everything else of a connection follows from how it went. */
    private static Group connection(JsonNode connection, boolean intoAzure) {
        Map<String, Node> parts = new LinkedHashMap<>();
        String code = connection.path("code").asString("0");
        parts.put(
                "outcome",
                new Value(
                        connection.path("outcome").asString("") + " ("
                                + connection.path("stage").asString("") + (code.equals("0") ? "" : ", " + code) + ")",
                        null));
        for (String member : List.of("host", "port", "proxyStatus", "error")) {
            put(parts, member, connection.path(member));
        }
        if (!intoAzure) {
            put(parts, "address", connection.path("address"));
            put(parts, "httpStatus", connection.path("httpStatus"));
        }
        JsonNode tls = connection.path("tls");
        if (tls.isObject()) {
            Map<String, Node> told = new LinkedHashMap<>();
            List.of("ok", "protocol", "problems", "error").forEach(member -> put(told, member, tls.path(member)));
            if (intoAzure) {
                String issuer = tls.path("issuer").asString("");
                told.put("issuer", new Value(issuer, DIGITS.matcher(issuer).replaceAll("#"), null));
            } else {
                put(told, "subject", tls.path("subject"));
                put(told, "issuer", tls.path("issuer"));
                put(told, "notBefore", tls.path("notBefore"));
                put(told, "notAfter", tls.path("notAfter"));
                put(told, "thumbprint", tls.path("thumbprint"));
            }
            parts.put("tls", new Group(told, "ok", false));
        }
        return new Group(parts, "outcome", false);
    }

    private static void put(Map<String, Node> parts, String name, JsonNode value) {
        if (!value.isNull() && !value.isMissingNode()) {
            parts.put(name, new Value(value.asString(), null));
        }
    }

    /**
     * Whether a path names something that is left out.
     *
     * @param fact a path without the server, as differences write it; {@code *} in place of a name is one
     */
    static boolean neverCompared(String fact) {
        if (fact.startsWith("upload/")) {
            return !fact.equals("upload/bytesPerSecond") && fact.indexOf('*') < 0 && fact.indexOf('?') < 0;
        }
        return NEVER_COMPARED.matcher(fact).matches();
    }

    private static final Pattern NEVER_COMPARED = Pattern.compile(
            ALWAYS_DIFFERS.stream()
                    .map(rule -> rule.replace("services/services/", "services/").replace("*", "[^/]*"))
                    .sorted()
                    .collect(Collectors.joining("|", "(?:", ")(?:/.*)?")),
            Pattern.CASE_INSENSITIVE);

    static String escaped(String name) {
        return name.replace("%", "%25").replace("/", "%2F");
    }
}
