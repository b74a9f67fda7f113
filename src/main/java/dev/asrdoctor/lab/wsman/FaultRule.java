package dev.asrdoctor.lab.wsman;

import org.jspecify.annotations.Nullable;

/** One fault and its moments. */
public record FaultRule(When when, WireFault fault) {

    @Nullable Operation operation() {
        return when.operation() == null ? fault.naturalOperation() : when.operation();
    }
}
