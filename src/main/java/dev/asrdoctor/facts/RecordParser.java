package dev.asrdoctor.facts;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one kind of record from JSON as it is parsed: what {@link RecordJson} reads from a tree, in a third of the time.
 * It knows the forms that scripts write and no others: at anything else it stops, and the tree is asked.
 */
final class RecordParser {
    private static final ClassValue<RecordParser> OF = new ClassValue<>() {
        @Override
        protected RecordParser computeValue(Class<?> type) {
            return new RecordParser(type);
        }
    };

    private final Map<String, Integer> places = new HashMap<>();
    private final ValueParser[] values;
    private final boolean[] optional;
    private final MethodHandle constructor;

    /** Reads the value that the parser stands on. */
    @FunctionalInterface
    private interface ValueParser {
        @Nullable Object read(JsonParser parser, Texts texts) throws UnusualException;
    }

    private RecordParser(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        values = new ValueParser[components.length];
        optional = new boolean[components.length];
        for (int i = 0; i < components.length; i++) {
            places.put(components[i].getName(), i);
            values[i] = parser(components[i].getGenericType());
            optional[i] = nullable(components[i].getAnnotatedType());
        }
        constructor = constructor(type, components);
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, parameters))
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no record of facts: " + type, e);
        }
    }

    private static boolean nullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    /** The record whose object the parser has begun. */
    static <T> T read(JsonParser parser, Class<T> type, Texts texts) throws UnusualException {
        return type.cast(OF.get(type).read(parser, texts));
    }

    private Object read(JsonParser parser, Texts texts) throws UnusualException {
        require(parser.currentToken() == JsonToken.START_OBJECT);
        @Nullable Object[] found = new @Nullable Object[values.length];
        boolean[] seen = new boolean[values.length];
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            Integer place = places.get(name);
            if (place == null) {
                texts.skipMember(parser);
                continue;
            }
            require(!seen[place]);
            seen[place] = true;
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                found[place] = values[place].read(parser, texts);
            }
        }
        require(parser.currentToken() == JsonToken.END_OBJECT);
        for (int i = 0; i < found.length; i++) {
            require(found[i] != null || optional[i]);
        }
        return made(found);
    }

    private Object made(@Nullable Object[] components) throws UnusualException {
        try {
            return (Object) constructor.invokeExact(components);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            // What the record itself refuses is told by whoever reads the tree.
            throw new UnusualException();
        }
    }

    private static ValueParser parser(Type type) {
        if (type == String.class) {
            return (parser, texts) -> texts.kept(parser);
        }
        if (type == long.class || type == Long.class) {
            return (parser, texts) -> number(parser);
        }
        if (type == int.class || type == Integer.class) {
            return (parser, texts) -> smallNumber(parser);
        }
        if (type == boolean.class || type == Boolean.class) {
            return (parser, texts) -> truth(parser);
        }
        if (type == Instant.class) {
            return (parser, texts) -> instant(texts.kept(parser));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            ValueParser item = parser(generic.getActualTypeArguments()[0]);
            return (parser, texts) -> list(parser, texts, item);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            ValueParser value = parser(generic.getActualTypeArguments()[1]);
            return (parser, texts) -> map(parser, texts, value);
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return (parser, texts) -> OF.get(record).read(parser, texts);
        }
        throw new IllegalArgumentException("no type of facts: " + type);
    }

    private static Long number(JsonParser parser) throws UnusualException {
        require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
        return parser.getLongValue();
    }

    private static Integer smallNumber(JsonParser parser) throws UnusualException {
        require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
        return parser.getIntValue();
    }

    private static Boolean truth(JsonParser parser) throws UnusualException {
        JsonToken token = parser.currentToken();
        require(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE);
        return token == JsonToken.VALUE_TRUE;
    }

    private static Instant instant(String text) throws UnusualException {
        try {
            return JsonFields.instant(text);
        } catch (IllegalArgumentException e) {
            throw new UnusualException();
        }
    }

    private static List<Object> list(JsonParser parser, Texts texts, ValueParser item) throws UnusualException {
        require(parser.currentToken() == JsonToken.START_ARRAY);
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(some(parser, texts, item));
        }
        return items;
    }

    private static Map<String, Object> map(JsonParser parser, Texts texts, ValueParser value) throws UnusualException {
        require(parser.currentToken() == JsonToken.START_OBJECT);
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            texts.require(name);
            parser.nextToken();
            require(members.put(name, some(parser, texts, value)) == null);
        }
        require(parser.currentToken() == JsonToken.END_OBJECT);
        return members;
    }

    private static Object some(JsonParser parser, Texts texts, ValueParser value) throws UnusualException {
        Object read = parser.currentToken() == JsonToken.VALUE_NULL ? null : value.read(parser, texts);
        if (read == null) {
            throw new UnusualException();
        }
        return read;
    }

    private static void require(boolean usual) throws UnusualException {
        if (!usual) {
            throw new UnusualException();
        }
    }
}
