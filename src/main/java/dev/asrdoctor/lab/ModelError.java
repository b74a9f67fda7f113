package dev.asrdoctor.lab;

import java.util.LinkedHashMap;
import java.util.Map;

/** An error as a cmdlet raises it. */
final class ModelError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;

    ModelError(String id, String message) {
        super(message, null, false, false);
        this.id = id;
    }

    String id() {
        return id;
    }

    Map<String, Object> area() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("id", id);
        error.put("message", getMessage());
        return Map.of("error", error);
    }
}
