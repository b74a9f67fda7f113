package dev.asrdoctor.facts;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Members of a JSON object, each of the form that it has to have. */
final class JsonFields {
    private static final Instant EARLIEST = Instant.parse("1601-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private JsonFields() {}

    static JsonNode list(JsonNode node, String name) {
        JsonNode list = node.path(name);
        if (!list.isArray()) {
            throw new IllegalArgumentException("'" + name + "' is no list");
        }
        return list;
    }

    static List<String> texts(JsonNode node, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(node, name)) {
            if (item.isContainer()) {
                throw new IllegalArgumentException("'" + name + "' is no list of texts");
            }
            texts.add(item.asString());
        }
        return texts;
    }

    static String text(JsonNode node, String name) {
        String text = textOrNull(node, name);
        if (text == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return text;
    }

    static @Nullable String textOrNull(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    static long number(JsonNode node, String name) {
        Long number = numberOrNull(node, name);
        if (number == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return number;
    }

    static @Nullable Long numberOrNull(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isIntegralNumber() && value.canConvertToLong() ? (Long) value.longValue() : null;
    }

    static Instant instant(JsonNode node, String name) {
        Instant instant = instantOrNull(node, name);
        if (instant == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return instant;
    }

    static @Nullable Instant instantOrNull(JsonNode node, String name) {
        String text = textOrNull(node, name);
        if (text == null) {
            return null;
        }
        try {
            return instant(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "' is " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException also for one that Windows' own clock cannot tell */
    static Instant instant(String text) {
        try {
            Instant instant = ScriptTime.of(text).orElseGet(() -> Instant.parse(text));
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw new IllegalArgumentException("no point in time: " + StringUtils.abbreviate(text, 40));
    }

    static @Nullable String textOf(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
