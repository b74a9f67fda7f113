package dev.asrdoctor.lab;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The machine itself. */
record SimHost(
        String computerName,
        String osCaption,
        String osVersion,
        String culture,
        String psVersion,
        @Nullable Instant bootedAt,
        Duration clockOffset) {

    SimHost with(Duration offset) {
        return new SimHost(computerName, osCaption, osVersion, culture, psVersion, bootedAt, offset);
    }
}
