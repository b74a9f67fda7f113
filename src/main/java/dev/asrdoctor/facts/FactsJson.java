package dev.asrdoctor.facts;

import static dev.asrdoctor.facts.JsonFields.instant;
import static dev.asrdoctor.facts.JsonFields.instantOrNull;
import static dev.asrdoctor.facts.JsonFields.list;
import static dev.asrdoctor.facts.JsonFields.number;
import static dev.asrdoctor.facts.JsonFields.numberOrNull;
import static dev.asrdoctor.facts.JsonFields.text;
import static dev.asrdoctor.facts.JsonFields.textOf;
import static dev.asrdoctor.facts.JsonFields.textOrNull;
import static dev.asrdoctor.facts.JsonFields.texts;

import dev.asrdoctor.text.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON forms of {@link Facts}: the probe's answer, and the document that {@code check --save-facts} keeps
 * (schemas/facts-1.schema.json). Both carry {@link Facts#VERSION}; a newer one is refused. Unknown members are passed
 * over, so that a reader of the same version stays compatible with what is added.
 */
public final class FactsJson {
    /** Ordinary facts have some thousand values, five levels deep; a few bytes of JSON can cost a hundred of memory. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxTokenCount(200_000)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .build();

    private FactsJson() {}

    /** @throws IllegalArgumentException with one line that says what is wrong */
    public static Facts fromAnswer(String json, String server, Instant readAt, Duration took) {
        return fromAnswer(json, UnaryOperator.identity(), server, readAt, took);
    }

    /**
     * @param clean makes each text what is kept of it, and gives it back itself where nothing is to be changed
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    public static Facts fromAnswer(
            String json, UnaryOperator<String> clean, String server, Instant readAt, Duration took) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        Optional<AnswerParser.Parsed> usual = new AnswerParser(MAPPER, clean).parse(utf8);
        if (usual.isPresent()) {
            JsonNode others = usual.get().others();
            return fromAnswer(others, usual.get().areas(), utf8, server, readAt, took);
        }
        JsonNode parsed = parse(json);
        boolean kept = keepsTexts(parsed, clean);
        JsonNode root = kept ? parsed : changed(parsed, clean);
        byte[] packed = kept ? utf8 : root.toString().getBytes(StandardCharsets.UTF_8);
        return fromAnswer(root, areas(root), packed, server, readAt, took);
    }

    private static Facts fromAnswer(
            JsonNode root, Map<FactArea<?>, Area<?>> areas, byte[] json, String server, Instant readAt, Duration took) {
        requireVersion(root);
        return new Facts(
                server,
                readAt,
                took,
                clock(root, readAt.minus(took), readAt),
                cost(root),
                PackedAreas.of(json, FactsJson::areas, whole(areas)));
    }

    /** Host and services are told of every server, be it that they were not asked for. */
    private static Map<FactArea<?>, Area<?>> whole(Map<FactArea<?>, Area<?>> read) {
        Map<FactArea<?>, Area<?>> areas = new LinkedHashMap<>(read);
        areas.putIfAbsent(FactArea.HOST, Area.notAsked());
        areas.putIfAbsent(FactArea.SERVICES, Area.notAsked());
        return areas;
    }

    /** Areas of JSON that was read before. */
    private static Map<FactArea<?>, Area<?>> areas(byte[] json) {
        return whole(new AnswerParser(MAPPER, UnaryOperator.identity())
                .parse(json)
                .map(AnswerParser.Parsed::areas)
                .orElseGet(() -> areas(parse(new String(json, StandardCharsets.UTF_8)))));
    }

    /** The server's clock when its script began and when it wrote its answer, beside the controller's. */
    private static @Nullable ClockReading clock(JsonNode root, Instant sent, Instant received) {
        Instant begun = instantOrNull(root, "clockAtStart");
        Instant ended = instantOrNull(root, "clockAtEnd");
        return begun == null || ended == null ? null : ClockReading.of(sent, begun, ended, received);
    }

    static PackedAreas pack(Facts facts) {
        return PackedAreas.of(
                toDocument(facts).toString().getBytes(StandardCharsets.UTF_8), FactsJson::areas, facts.areas());
    }

    /** @throws IllegalArgumentException with one line that says what is wrong */
    public static Facts fromDocument(JsonNode root) {
        requireVersion(root);
        JsonNode clock = root.path("clock");
        return facts(root, text(root, "server"), instant(root, "readAt"), Duration.ofMillis(number(root, "tookMillis")))
                .with(
                        clock.isObject()
                                ? new ClockReading(
                                        Duration.ofMillis(number(clock, "offsetMillis")),
                                        Duration.ofMillis(number(clock, "uncertaintyMillis")))
                                : null);
    }

    public static ObjectNode toDocument(Facts facts) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", Facts.VERSION);
        root.put("server", facts.server());
        root.put("readAt", facts.readAt().toString());
        root.put("tookMillis", facts.took().toMillis());
        ClockReading clock = facts.clock();
        if (clock != null) {
            root.putObject("clock")
                    .put("offsetMillis", clock.offset().toMillis())
                    .put("uncertaintyMillis", clock.uncertainty().toMillis());
        }
        Cost cost = facts.cost();
        if (cost != null) {
            ObjectNode node = root.putObject("cost");
            node.put("elapsedMillis", cost.elapsedMillis());
            node.put("cpuMillis", cost.cpuMillis());
            node.put("peakBytes", cost.peakBytes());
            cost.areaMillis().forEach(node.putObject("areas")::put);
            node.put("sentBytes", cost.sentBytes());
            node.put("receivedBytes", cost.receivedBytes());
        }
        ObjectNode areas = root.putObject("areas");
        areas.set("host", area(facts.host(), FactsJson::host));
        areas.set("services", area(facts.services(), FactsJson::services));
        for (FactArea<?> area : FactArea.all()) {
            if (facts.areas().containsKey(area) && !areas.has(area.id())) {
                areas.set(area.id(), area(facts.get(area), RecordJson::write));
            }
        }
        return root;
    }

    /** @throws IllegalArgumentException with one line that says what is wrong */
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        }
    }

    /**
     * The same with every text, and every member's name, made another: numbers and what is true or false stay.
     *
     * @param change gives back an equal text where nothing is to be changed
     * @return the node itself where nothing was changed
     */
    public static JsonNode withTexts(JsonNode node, UnaryOperator<String> change) {
        return keepsTexts(node, change) ? node : changed(node, change);
    }

    static boolean keepsTexts(JsonNode node, UnaryOperator<String> change) {
        if (node.isString()) {
            return change.apply(node.stringValue()).equals(node.stringValue());
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (!change.apply(member.getKey()).equals(member.getKey()) || !keepsTexts(member.getValue(), change)) {
                    return false;
                }
            }
        } else if (node.isArray()) {
            for (JsonNode item : node) {
                if (!keepsTexts(item, change)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static JsonNode changed(JsonNode node, UnaryOperator<String> change) {
        if (node.isString()) {
            return JsonNodeFactory.instance.stringNode(change.apply(node.stringValue()));
        }
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(item -> list.add(changed(item, change)));
            return list;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(member -> object.set(change.apply(member.getKey()), changed(member.getValue(), change)));
            return object;
        }
        return node;
    }

    private static void requireVersion(JsonNode root) {
        JsonNode version = root.path("version");
        if (!version.isInt() || version.asInt() < 1) {
            throw new IllegalArgumentException("these are no facts: they have no version");
        }
        if (version.asInt() > Facts.VERSION) {
            throw new IllegalArgumentException("these facts are of version " + version.asInt()
                    + "; this asrdoctor reads version " + Facts.VERSION + ", a newer one is needed");
        }
    }

    private static Facts facts(JsonNode root, String server, Instant readAt, Duration took) {
        return new Facts(server, readAt, took, null, cost(root), areas(root));
    }

    private static Map<FactArea<?>, Area<?>> areas(JsonNode root) {
        JsonNode areas = root.path("areas");
        Map<FactArea<?>, Area<?>> read = new LinkedHashMap<>();
        for (FactArea<?> area : FactArea.all()) {
            if (areas.has(area.id())) {
                read.put(area, area(areas.path(area.id()), data -> data(area, data)));
            }
        }
        return whole(read);
    }

    /** Whether an area's data are of a form of their own, with words in place of names; all others are records as they are. */
    static boolean readsFromTree(FactArea<?> area) {
        return area.equals(FactArea.HOST) || area.equals(FactArea.SERVICES);
    }

    /** @throws IllegalArgumentException with one line that says what is wrong */
    static Object data(FactArea<?> area, JsonNode data) {
        if (area.equals(FactArea.HOST)) {
            return host(data);
        }
        return area.equals(FactArea.SERVICES) ? services(data) : RecordJson.read(data, area.type(), area.id());
    }

    private static @Nullable Cost cost(JsonNode root) {
        JsonNode cost = root.path("cost");
        if (!cost.isObject()) {
            return null;
        }
        Map<String, Long> areas = new LinkedHashMap<>();
        cost.path("areas")
                .properties()
                .forEach(area -> areas.put(area.getKey(), area.getValue().asLong(0)));
        return new Cost(
                cost.path("elapsedMillis").asLong(root.path("elapsedMillis").asLong(0)),
                cost.path("cpuMillis").asLong(0),
                cost.path("peakBytes").asLong(0),
                areas,
                cost.path("sentBytes").asLong(0),
                cost.path("receivedBytes").asLong(0));
    }

    private static <T> Area<T> area(JsonNode area, Function<JsonNode, T> read) {
        if (area.isMissingNode()) {
            return Area.notAsked();
        }
        JsonNode error = area.path("error");
        return error.isObject() ? unreadable(error) : new Area.Read<>(read.apply(area.path("data")));
    }

    static <T> Area<T> unreadable(JsonNode error) {
        return new Area.Unreadable<>(text(error, "id"), text(error, "message"));
    }

    private static <T> ObjectNode area(Area<T> area, Function<T, ObjectNode> write) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (area) {
            case Area.Read<T> read -> node.set("data", write.apply(read.data()));
            case Area.Unreadable<T> unreadable ->
                node.putObject("error").put("id", unreadable.errorId()).put("message", unreadable.message());
        }
        return node;
    }

    private static HostFacts host(JsonNode data) {
        return new HostFacts(
                text(data, "computerName"),
                text(data, "osCaption"),
                text(data, "osVersion"),
                text(data, "culture"),
                text(data, "psVersion"),
                instant(data, "utcNow"),
                instantOrNull(data, "bootedAt"),
                numberOrNull(data, "utcOffsetMinutes"),
                textOrNull(data, "codePage"));
    }

    private static ObjectNode host(HostFacts host) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("computerName", host.computerName());
        node.put("osCaption", host.osCaption());
        node.put("osVersion", host.osVersion());
        node.put("culture", host.culture());
        node.put("psVersion", host.psVersion());
        node.put("utcNow", host.utcNow().toString());
        node.put("bootedAt", textOf(host.bootedAt()));
        node.put("utcOffsetMinutes", host.utcOffsetMinutes());
        node.put("codePage", host.codePage());
        return node;
    }

    private static ServicesFacts services(JsonNode data) {
        List<ServiceFact> services = new ArrayList<>();
        for (JsonNode service : list(data, "services")) {
            services.add(service(service));
        }
        List<ServiceEvent> events = new ArrayList<>();
        for (JsonNode event : list(data, "events")) {
            events.add(event(event));
        }
        return new ServicesFacts(text(data, "source"), services, events, textOrNull(data, "eventsError"));
    }

    private static ObjectNode services(ServicesFacts facts) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("source", facts.source());
        ArrayNode services = node.putArray("services");
        for (ServiceFact service : facts.services()) {
            ObjectNode one = services.addObject();
            one.put("name", service.name());
            one.put("displayName", service.displayName());
            one.put("state", Words.word(service.state()));
            one.put("startType", service.startType() == null ? null : Words.word(service.startType()));
            one.put("exitCode", service.exitCode());
            one.put("serviceExitCode", service.serviceExitCode());
            one.put("processId", service.processId());
            one.put("processStartedAt", textOf(service.processStartedAt()));
            service.dependsOn().forEach(one.putArray("dependsOn")::add);
            one.put("imagePath", service.imagePath());
            one.put("account", service.account());
        }
        ArrayNode events = node.putArray("events");
        for (ServiceEvent event : facts.events()) {
            ObjectNode one = events.addObject()
                    .put("id", event.id())
                    .put("at", event.at().toString());
            event.parameters().forEach(one.putArray("parameters")::add);
            one.put("by", event.by());
        }
        node.put("eventsError", facts.eventsError());
        return node;
    }

    private static ServiceFact service(JsonNode node) {
        String startType = textOrNull(node, "startType");
        return new ServiceFact(
                text(node, "name"),
                text(node, "displayName"),
                state(text(node, "state")),
                startType == null ? null : word(StartType.class, startType),
                numberOrNull(node, "exitCode"),
                numberOrNull(node, "serviceExitCode"),
                numberOrNull(node, "processId"),
                instantOrNull(node, "processStartedAt"),
                texts(node, "dependsOn"),
                textOrNull(node, "imagePath"),
                textOrNull(node, "account"));
    }

    /** An event of the Service Control Manager, as probes and remedies write it. */
    public static ServiceEvent event(JsonNode node) {
        if (!node.path("id").isIntegralNumber() || !node.path("id").canConvertToInt()) {
            throw new IllegalArgumentException("'id' is no event id");
        }
        return new ServiceEvent(
                node.path("id").intValue(),
                instant(node, "at"),
                texts(node, "parameters"),
                node.path("by").isString() ? node.path("by").asString() : null);
    }

    /** A state that this version does not know is one that cannot be judged. */
    public static ServiceState state(String word) {
        for (ServiceState state : ServiceState.values()) {
            if (Words.word(state).equals(word)) {
                return state;
            }
        }
        return ServiceState.UNKNOWN;
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word) {
        for (E value : type.getEnumConstants()) {
            if (Words.word(value).equals(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no " + type.getSimpleName());
    }
}
