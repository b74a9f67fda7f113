package dev.asrdoctor.facts;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records as JSON objects with their components' names; what is not {@link Nullable} has to be there, and no member of a
 * list or map is null.
 */
final class RecordJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new NullMarked())
            .addModule(new SimpleModule().addDeserializer(Instant.class, new PointInTime()))
            .build();

    private RecordJson() {}

    /** @throws IllegalArgumentException with one line that says what is wrong */
    static <T> T read(JsonNode data, Class<T> type, String area) {
        if (!data.isObject()) {
            throw new IllegalArgumentException("in '" + area + "': it has no data");
        }
        try {
            return MAPPER.treeToValue(data, type);
        } catch (DatabindException e) {
            throw new IllegalArgumentException(
                    "in '" + area + "': "
                            + String.valueOf(e.getOriginalMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("in '" + area + "': it cannot be read", e);
        }
    }

    static ObjectNode write(Object record) {
        return MAPPER.valueToTree(record);
    }

    private static final class PointInTime extends ValueDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return context.reportInputMismatch(Instant.class, "a point in time is no text");
            }
            try {
                return JsonFields.instant(parser.getString());
            } catch (IllegalArgumentException e) {
                return context.reportInputMismatch(Instant.class, "%s", e.getMessage());
            }
        }
    }

    /** Takes JSpecify's word for what may be null. */
    private static final class NullMarked extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            return member instanceof AnnotatedParameter parameter ? (Boolean) !nullable(parameter) : null;
        }

        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
            return annotated instanceof AnnotatedParameter parameter
                    ? JsonSetter.Value.construct(nullable(parameter) ? Nulls.DEFAULT : Nulls.FAIL, Nulls.FAIL)
                    : JsonSetter.Value.empty();
        }

        private static boolean nullable(AnnotatedParameter parameter) {
            if (!(parameter.getOwner().getAnnotated() instanceof Constructor<?> constructor)) {
                return false;
            }
            AnnotatedType[] types = ((Executable) constructor).getAnnotatedParameterTypes();
            return types[parameter.getIndex()].isAnnotationPresent(Nullable.class);
        }
    }
}
