package dev.asrdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.testing.Peers;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema of saved facts describes every record. Run with -Dschema=write to bring it up to date. */
class FactsSchemaTest {
    private static final Path SCHEMA = Peers.project("src/main/resources/schemas/facts-1.schema.json");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Test
    void theSchemaHasEveryAreaAsItsRecordHasIt() throws IOException {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode schema = (ObjectNode) mapper.readTree(Files.readString(SCHEMA));
        if ("write".equals(System.getProperty("schema"))) {
            ObjectNode areas = (ObjectNode) schema.at("/properties/facts/properties/areas/properties");
            for (FactArea<?> area : FactArea.all()) {
                areas.putObject(area.id()).put("$ref", "#/$defs/" + area.id());
                if (!area.equals(FactArea.SERVICES)) {
                    ((ObjectNode) schema.get("$defs")).set(area.id(), described(area));
                }
            }
            Files.writeString(SCHEMA, mapper.writeValueAsString(schema) + "\n");
        }
        for (FactArea<?> area : FactArea.all()) {
            assertThat(schema.at("/properties/facts/properties/areas/properties/" + area.id() + "/$ref")
                            .asString(""))
                    .as(area.id())
                    .isEqualTo("#/$defs/" + area.id());
            if (!area.equals(FactArea.SERVICES)) {
                assertThat(schema.at("/$defs/" + area.id())).as(area.id()).isEqualTo(described(area));
            }
        }
    }

    private static ObjectNode described(FactArea<?> area) {
        ObjectNode node = NODES.objectNode().put("type", "object");
        node.putArray("oneOf").add(required("data")).add(required("error"));
        ObjectNode properties = node.putObject("properties");
        properties.putObject("error").put("$ref", "#/$defs/error");
        properties.set("data", record(area.type()));
        return node;
    }

    private static ObjectNode required(String name) {
        ObjectNode node = NODES.objectNode();
        node.putArray("required").add(name);
        return node;
    }

    private static ObjectNode record(Class<?> type) {
        ObjectNode node = NODES.objectNode().put("type", "object");
        var required = node.putArray("required");
        ObjectNode properties = node.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            AnnotatedType annotated = component.getAnnotatedType();
            boolean nullable = annotated.isAnnotationPresent(Nullable.class);
            if (!nullable) {
                required.add(component.getName());
            }
            JsonNode described = value(component.getGenericType(), annotated);
            properties.set(component.getName(), nullable ? orNull(described) : described);
        }
        return node;
    }

    private static JsonNode orNull(JsonNode described) {
        if (described instanceof ObjectNode object && object.path("type").isString()) {
            String type = object.path("type").asString();
            object.putArray("type").add(type).add("null");
        }
        return described;
    }

    private static JsonNode value(Type type, AnnotatedType annotated) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            AnnotatedType[] inner = ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
            ObjectNode node = NODES.objectNode();
            if (parameterized.getRawType() == List.class) {
                node.put("type", "array").set("items", value(arguments[0], inner[0]));
            } else if (parameterized.getRawType() == Map.class) {
                node.put("type", "object").set("additionalProperties", value(arguments[1], inner[1]));
            } else {
                throw new IllegalStateException("no schema for " + type);
            }
            return node;
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) {
            return record(raw);
        }
        String word = switch (raw.getSimpleName()) {
            case "long", "int", "Long", "Integer" -> "integer";
            case "double", "Double" -> "number";
            case "boolean", "Boolean" -> "boolean";
            case "String" -> "string";
            default -> {
                if (raw == Instant.class) {
                    yield "string";
                }
                throw new IllegalStateException("no schema for " + raw);
            }
        };
        return NODES.objectNode().put("type", word);
    }
}
