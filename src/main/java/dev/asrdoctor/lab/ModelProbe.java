package dev.asrdoctor.lab;

import dev.asrdoctor.lab.StateFault.Target;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/probe answers, from a world. */
final class ModelProbe {
    private ModelProbe() {}

    static Map<String, Object> answer(World world, JsonNode request) throws InterruptedException {
        hangWhere(world, Target.CIM, Target.REGISTRY, Target.PROCESS);
        Map<String, Object> areas = new LinkedHashMap<>();
        for (JsonNode area : request.path("areas")) {
            switch (area.asString()) {
                case "host" -> areas.put("host", world.locked(ModelMachine::host));
                case "services" -> areas.put("services", ModelServices.services(world, request));
                default -> {}
            }
        }
        Instant begun = world.now();
        try {
            world.locked(w -> {
                new ModelAreas(w, request).read(areas);
                return w;
            });
        } catch (ModelHang e) {
            ModelHang.forEver();
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", 1);
        answer.put("areas", areas);
        answer.put("elapsedMillis", 0);
        answer.put("cost", Map.of("cpuMillis", 0, "peakBytes", 0));
        answer.put("clockAtStart", begun);
        answer.put("clockAtEnd", world.now());
        return answer;
    }

    /** A source that hangs holds the whole script, until whoever sent it ends it. */
    static void hangWhere(World world, Target... targets) throws InterruptedException {
        for (Target target : targets) {
            if (world.fault(target).map(StateFault::error).orElse(null) == StateFault.Kind.HANG) {
                ModelHang.forEver();
            }
        }
    }
}
