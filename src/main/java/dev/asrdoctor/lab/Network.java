package dev.asrdoctor.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names and endpoints as a simulated server meets them. A name has its addresses, or a text that says how resolving it fails,
 * or {@code answers}: what each of its resolvers says, in the order in which they are asked. An endpoint may have
 * {@code direct}: what is met there without a proxy, another endpoint or a text that says how it fails.
 */
final class Network {
    /** How resolvers fail, by what scenarios call it. */
    private static final Map<String, Answer> FAILURES = Map.of(
            "nxdomain", new Answer(List.of(), 11001, "DNS_ERROR_RCODE_NAME_ERROR"),
            "servfail", new Answer(List.of(), 11002, "DNS_ERROR_RCODE_SERVER_FAILURE"),
            "refused", new Answer(List.of(), 11003, "DNS_ERROR_RCODE_REFUSED"),
            "timeout", new Answer(List.of(), 11002, "ERROR_TIMEOUT"));

    private static final Answer NO_SUCH_NAME = failed("nxdomain");
    private static final JsonNode NOBODY = JsonNodeFactory.instance.objectNode().put("fails", "timeout");

    /**
     * @param code the Winsock error of who connects to the name, 0 for none
     * @param error the id of the error of who resolves it
     */
    record Answer(
            List<String> addresses, int code, @Nullable String error) {}

    private final Map<String, JsonNode> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, JsonNode> endpoints = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Function<JsonNode, JsonNode> dated;
    private final Map<String, JsonNode> met = new ConcurrentHashMap<>();

    /** @param dated gives an endpoint's certificate its dates */
    Network(JsonNode network, Function<JsonNode, JsonNode> dated) {
        this.dated = endpoint -> withDirect(dated, dated.apply(endpoint));
        network.path("names").properties().forEach(name -> names.put(name.getKey(), name.getValue()));
        network.path("endpoints").properties().forEach(one -> endpoints.put(one.getKey(), one.getValue()));
    }

    private static JsonNode withDirect(Function<JsonNode, JsonNode> dated, JsonNode endpoint) {
        if (!endpoint.path("direct").isObject()) {
            return endpoint;
        }
        ObjectNode changed = ((ObjectNode) endpoint).deepCopy();
        changed.set("direct", dated.apply(endpoint.path("direct")));
        return changed;
    }

    static List<String> failures() {
        return FAILURES.keySet().stream().sorted().toList();
    }

    private static Answer failed(String word) {
        return FAILURES.getOrDefault(word, new Answer(List.of(word), 0, null));
    }

    Answer resolve(String name) {
        JsonNode node = names.get(name);
        if (node == null || node.isNull()) {
            return NO_SUCH_NAME;
        }
        if (!node.isObject()) {
            return answer(node);
        }
        Answer last = NO_SUCH_NAME;
        for (JsonNode one : node.path("answers")) {
            last = answer(one);
            // The next one is asked only where nothing was said of the name.
            if (last.code() == 0 || last.equals(NO_SUCH_NAME)) {
                return last;
            }
        }
        return last;
    }

    private static Answer answer(JsonNode node) {
        if (node.isString()) {
            return failed(node.asString(""));
        }
        List<String> addresses = new ArrayList<>();
        node.forEach(address -> addresses.add(address.asString("")));
        return new Answer(List.copyOf(addresses), 0, null);
    }

    /** What is at a place, as a proxy meets it. */
    Optional<JsonNode> endpoint(String host, long port) {
        String place = host + ":" + port;
        return endpoints.containsKey(place)
                ? Optional.of(met.computeIfAbsent(place, key -> direct(host, port, dated.apply(endpoints.get(key)))))
                : elsewhere(host, port);
    }

    /** Of a name that goes nowhere else than to its addresses, what is there. */
    private Optional<JsonNode> elsewhere(String host, long port) {
        return resolve(host).addresses().stream()
                .map(address -> endpoints.get(address + ":" + port))
                .filter(there -> there != null && !there.isNull())
                .map(dated)
                .findFirst();
    }

    private JsonNode direct(String host, long port, JsonNode endpoint) {
        Answer answer = resolve(host);
        JsonNode name = names.get(host);
        boolean led = name != null && name.isObject() && answer.code() == 0;
        if (!led || answer.addresses().contains(endpoint.path("address").asString(""))) {
            return endpoint;
        }
        ObjectNode changed = ((ObjectNode) endpoint).deepCopy();
        changed.set("direct", elsewhere(host, port).orElse(NOBODY));
        return changed;
    }

    /** What is met without a proxy. */
    static JsonNode directly(JsonNode endpoint) {
        JsonNode direct = endpoint.path("direct");
        return direct.isObject()
                ? direct
                : direct.isString() ? JsonNodeFactory.instance.objectNode().put("fails", direct.asString()) : endpoint;
    }

    /** As the stand-in for Windows takes it. */
    ObjectNode live() {
        ObjectNode live = JsonNodeFactory.instance.objectNode();
        ObjectNode resolved = live.putObject("names");
        names.keySet().forEach(name -> {
            Answer answer = resolve(name);
            if (answer.code() == 0) {
                answer.addresses().forEach(resolved.putArray(name)::add);
            } else {
                resolved.putObject(name).put("code", answer.code()).put("error", answer.error());
            }
        });
        ObjectNode places = live.putObject("endpoints");
        endpoints.keySet().forEach(place -> {
            int colon = place.lastIndexOf(':');
            long port = Long.parseLong(place.substring(colon + 1));
            put(places, place.substring(0, colon), port);
            names.keySet().stream()
                    .filter(name -> resolve(name).addresses().contains(place.substring(0, colon)))
                    .forEach(name -> put(places, name, port));
        });
        return live;
    }

    private void put(ObjectNode places, String host, long port) {
        endpoint(host, port).ifPresent(endpoint -> places.set(host + ":" + port, endpoint.deepCopy()));
    }
}
