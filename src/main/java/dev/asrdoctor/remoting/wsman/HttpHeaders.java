package dev.asrdoctor.remoting.wsman;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header fields in the order they came; names without regard to case. */
final class HttpHeaders {
    private final List<Field> fields = new ArrayList<>();

    private record Field(String name, String value) {}

    void add(String name, String value) {
        fields.add(new Field(name, value));
    }

    int count() {
        return fields.size();
    }

    @Nullable String first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** True if one of the comma-separated words of this header is {@code word}. */
    boolean says(String name, String word) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                for (String part : field.value().split(",")) {
                    if (part.strip().equalsIgnoreCase(word)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
