package dev.asrdoctor.lab;

import dev.asrdoctor.lab.StateFault.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What ps-scripts read of CIM classes, from a world whose lock is held; numbers there may grow. */
final class ModelCim {
    private final World world;
    private final Machine machine;
    private final ModelLasts lasts;

    ModelCim(World world, ModelLasts lasts) {
        this.lasts = lasts;
        this.world = world;
        this.machine = world.machine();
    }

    /** A class's instances. */
    List<JsonNode> instances(String name) {
        ModelError.strike(world, Target.CIM);
        JsonNode list = machine.instances(name)
                .orElseThrow(() -> new ModelError(
                        "HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand",
                        "Invalid class"));
        List<JsonNode> instances = new ArrayList<>();
        list.forEach(instances::add);
        return instances;
    }

    /** A counter's growth over a time; 0 for one that stands still. */
    static long growth(JsonNode number, long millis) {
        return number.isObject() ? (long) (number.path("perSecond").asDouble(0) * millis / 1000) : 0;
    }

    /** Whole, although it may be larger than a long. */
    BigDecimal value(JsonNode number) {
        if (!number.isObject()) {
            return number.isNumber() ? number.decimalValue() : BigDecimal.ZERO;
        }
        lasts.not();
        Instant booted = world.host().bootedAt();
        long seconds =
                booted == null ? 0 : Duration.between(booted, world.now()).toSeconds();
        return BigDecimal.valueOf(
                number.path("base").asLong(0) + number.path("perSecond").asLong(0) * seconds);
    }
}
