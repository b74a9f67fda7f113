package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the scripts read of the Service Control Manager's events. */
final class ModelEvents {
    private static final Set<Integer> IDS =
            Set.of(7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038, 7040, 7042);
    private static final int MOST_OF_KIND = 10;

    private ModelEvents() {}

    static Set<String> about(Collection<SimService> services) {
        Set<String> about = new HashSet<>();
        for (SimService service : services) {
            about.add(World.key(service.name));
            about.add(World.key(service.displayName));
        }
        return about;
    }

    static List<Map<String, Object>> of(World world, Set<String> about, Instant since) {
        List<Map<String, Object>> told = new ArrayList<>();
        Map<String, Integer> kinds = new HashMap<>();
        for (ServiceEvent event : world.events()) {
            Optional<String> target = event.parameters().stream()
                    .limit(2)
                    .map(World::key)
                    .filter(about::contains)
                    .findFirst();
            if (IDS.contains(event.id())
                    && !event.at().isBefore(since)
                    && target.isPresent()
                    && kinds.merge(event.id() + " " + target.get(), 1, Integer::sum) <= MOST_OF_KIND) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("id", event.id());
                one.put("at", event.at());
                one.put("parameters", event.parameters());
                one.put("by", event.by());
                told.add(one);
            }
        }
        return told;
    }
}
