package dev.asrdoctor.lab;

import dev.asrdoctor.lab.StateFault.Target;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/probe answers, from a world. */
final class ModelProbe {
    private ModelProbe() {}

    static Map<String, Object> answer(World world, ModelRequests.Asked sent) throws InterruptedException {
        hangWhere(world, Target.CIM, Target.REGISTRY, Target.PROCESS);
        ModelRequests.Asked asked = new ModelRequests.Asked(
                sent.nonce(), sent.shape(), world.locked(w -> ModelPlaces.chosen(sent.json(), w)));
        Map<String, Object> areas = new LinkedHashMap<>();
        for (JsonNode area : asked.json().path("areas")) {
            if (area.asString().equals("host")) {
                areas.put("host", world.locked(ModelMachine::host));
            }
        }
        Instant begun = world.now();
        areas.putAll(areas(world, asked));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", 1);
        answer.put("areas", areas);
        answer.put("elapsedMillis", 0);
        answer.put("cost", Map.of("cpuMillis", 0, "peakBytes", 0));
        answer.put("clockAtStart", begun);
        answer.put("clockAtEnd", world.now());
        return answer;
    }

    /** All but the host, which tells the time. */
    private static Map<String, Object> areas(World world, ModelRequests.Asked asked) throws InterruptedException {
        Optional<World.Fingerprint> before = world.locked(World::fingerprint);
        ModelMemory memory = world.memory();
        if (before.isPresent() && memory != null) {
            Optional<Map<String, Object>> recalled = memory.recall(asked.shape(), before.get(), world.now());
            if (recalled.isPresent()) {
                return recalled.get();
            }
        }
        ModelLasts lasts = new ModelLasts();
        Map<String, Object> areas = new LinkedHashMap<>();
        for (JsonNode area : asked.json().path("areas")) {
            if (area.asString().equals("services")) {
                areas.put("services", ModelServices.services(world, asked.json(), lasts));
            }
        }
        try {
            world.locked(w -> {
                new ModelAreas(w, asked.json(), lasts).read(areas);
                return w;
            });
        } catch (ModelHang e) {
            ModelHang.forEver();
        }
        if (before.isPresent() && before.equals(world.locked(World::fingerprint))) {
            ModelMemory kept = ModelMemory.of(asked.shape(), before.get(), lasts, areas);
            if (kept != null) {
                world.remember(kept);
                return kept.areas();
            }
        }
        return areas;
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
