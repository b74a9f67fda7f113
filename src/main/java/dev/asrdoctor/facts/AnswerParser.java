package dev.asrdoctor.facts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a probe's answer in one pass, without a tree of it, where it is as answers are and all its texts are kept as they
 * are: nearly always.
 */
final class AnswerParser {
    private final JsonMapper mapper;
    private final Texts texts;

    /** @param others what stands beside the areas, such as the version */
    record Parsed(Map<FactArea<?>, Area<?>> areas, JsonNode others) {}

    /** @param clean makes each text what is kept of it */
    AnswerParser(JsonMapper mapper, UnaryOperator<String> clean) {
        this.mapper = mapper;
        this.texts = new Texts(clean);
    }

    /** Empty where it has to be read as a tree, whether it is valid or not. */
    Optional<Parsed> parse(byte[] json) {
        try (JsonParser parser = mapper.createParser(json)) {
            parser.nextToken();
            Parsed parsed = root(parser);
            require(parser.nextToken() == null);
            return Optional.of(parsed);
        } catch (UnusualException | JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Parsed root(JsonParser parser) throws UnusualException {
        Map<FactArea<?>, Area<?>> areas = null;
        ObjectNode others = JsonNodeFactory.instance.objectNode();
        require(parser.currentToken() == JsonToken.START_OBJECT);
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (name.equals("areas")) {
                require(areas == null);
                areas = areas(parser);
            } else {
                texts.require(name);
                require(!others.has(name));
                others.set(name, tree(parser));
            }
        }
        require(parser.currentToken() == JsonToken.END_OBJECT);
        return new Parsed(areas == null ? Map.of() : areas, others);
    }

    private Map<FactArea<?>, Area<?>> areas(JsonParser parser) throws UnusualException {
        Map<FactArea<?>, Area<?>> areas = new LinkedHashMap<>();
        require(parser.currentToken() == JsonToken.START_OBJECT);
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            Optional<FactArea<?>> known = FactArea.byId(name);
            if (known.isEmpty()) {
                texts.skipMember(parser);
            } else {
                parser.nextToken();
                require(areas.put(known.get(), area(parser, known.get())) == null);
            }
        }
        require(parser.currentToken() == JsonToken.END_OBJECT);
        return areas;
    }

    private Area<?> area(JsonParser parser, FactArea<?> area) throws UnusualException {
        require(parser.currentToken() == JsonToken.START_OBJECT);
        String name = parser.nextName();
        parser.nextToken();
        Area<?> read = switch (name) {
            case "data" -> new Area.Read<>(data(parser, area));
            case "error" -> FactsJson.unreadable(tree(parser));
            case null, default -> throw new UnusualException();
        };
        require(parser.nextToken() == JsonToken.END_OBJECT);
        return read;
    }

    private Object data(JsonParser parser, FactArea<?> area) throws UnusualException {
        return FactsJson.readsFromTree(area)
                ? FactsJson.data(area, tree(parser))
                : RecordParser.read(parser, area.type(), texts);
    }

    private JsonNode tree(JsonParser parser) throws UnusualException {
        JsonNode tree = parser.readValueAsTree();
        require(FactsJson.keepsTexts(tree, texts.clean()));
        return tree;
    }

    private static void require(boolean usual) throws UnusualException {
        if (!usual) {
            throw new UnusualException();
        }
    }
}
