package dev.asrdoctor.lab;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server has answered to the last request for facts. It answers the same as long as the same is asked and nothing of
 * its world has changed.
 *
 * @param areas as they were written
 */
record ModelMemory(String shape, World.Fingerprint world, Instant until, Map<String, Object> areas) {

    /** Null where it cannot be kept. */
    static @Nullable ModelMemory of(
            String shape, World.Fingerprint world, ModelLasts lasts, Map<String, Object> areas) {
        Instant until = lasts.until();
        if (until == null) {
            return null;
        }
        Map<String, Object> written = new LinkedHashMap<>();
        areas.forEach((name, area) -> written.put(name, new AsciiJson.Written(AsciiJson.write(area))));
        return new ModelMemory(shape, world, until, written);
    }

    Optional<Map<String, Object>> recall(String asked, World.Fingerprint now, Instant at) {
        return shape.equals(asked) && world.equals(now) && at.isBefore(until) ? Optional.of(areas) : Optional.empty();
    }
}
