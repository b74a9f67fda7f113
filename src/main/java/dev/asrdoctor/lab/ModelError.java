package dev.asrdoctor.lab;

import dev.asrdoctor.lab.StateFault.Target;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** An error as a cmdlet raises it. */
final class ModelError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;

    ModelError(String id, String message) {
        super(message, null, false, false);
        this.id = id;
    }

    /** Throws what whoever asks that source gets, where it fails now. */
    static void strike(World world, Target target) {
        Optional<StateFault> fault = world.fault(target);
        if (fault.isPresent()) {
            if (fault.get().error() == StateFault.Kind.HANG) {
                throw new ModelHang();
            }
            throw new ModelError(StateErrors.id(fault.get()), fault.get().message());
        }
    }

    /** Nothing where it cannot be read. */
    static <T> Optional<T> optional(Supplier<T> read) {
        try {
            return Optional.ofNullable(read.get());
        } catch (ModelError e) {
            return Optional.empty();
        }
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
