package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.StateFault.Target;
import dev.asrdoctor.text.Words;
import java.time.Duration;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/probe answers, from a world. */
final class ModelProbe {
    static final Set<Integer> EVENTS = Set.of(7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038, 7040, 7042);
    private static final int MOST_OF_KIND = 10;

    private ModelProbe() {}

    static Map<String, Object> answer(World world, JsonNode request) throws InterruptedException {
        hangWhere(world, Target.CIM, Target.REGISTRY, Target.PROCESS);
        Map<String, Object> areas = new LinkedHashMap<>();
        for (JsonNode area : request.path("areas")) {
            switch (area.asString()) {
                case "host" -> areas.put("host", world.locked(ModelProbe::host));
                case "services" -> areas.put("services", services(world, request));
                default -> {}
            }
        }
        Instant begun = world.now();
        world.locked(w -> {
            new ModelAreas(w, request).read(areas);
            return w;
        });
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
                Thread.sleep(Duration.ofDays(1));
            }
        }
    }

    private static Map<String, Object> host(World world) {
        Optional<StateFault> fault = world.fault(Target.CIM);
        if (fault.isPresent()) {
            return StateErrors.area(fault.get());
        }
        SimHost host = world.host();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("computerName", host.computerName());
        data.put("osCaption", host.osCaption());
        data.put("osVersion", host.osVersion());
        data.put("culture", host.culture());
        data.put("psVersion", host.psVersion());
        data.put("utcNow", world.now());
        data.put("bootedAt", host.bootedAt());
        data.put("utcOffsetMinutes", world.machine().utcOffsetMinutes());
        data.put("codePage", world.machine().codePage());
        return Map.of("data", data);
    }

    private static Map<String, Object> services(World world, JsonNode request) throws InterruptedException {
        boolean scm = world.fault(Target.CIM).isPresent();
        if (scm) {
            hangWhere(world, Target.SCM);
            Optional<StateFault> fault = world.fault(Target.SCM);
            if (fault.isPresent()) {
                return StateErrors.area(fault.get());
            }
        }
        boolean troubled = world.locked(
                w -> asked(w, request).stream().anyMatch(service -> service.state != ServiceState.RUNNING));
        if (troubled) {
            hangWhere(world, Target.EVENTLOG);
        }
        return Map.of("data", world.locked(w -> read(w, request, scm, troubled)));
    }

    private static Map<String, Object> read(World world, JsonNode request, boolean scm, boolean troubled) {
        boolean registry = world.fault(Target.REGISTRY).isEmpty();
        List<SimService> asked = asked(world, request);
        Map<String, SimService> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<SimService> open = new ArrayList<>(asked);
        while (!open.isEmpty()) {
            SimService service = open.removeFirst();
            if (all.putIfAbsent(service.name, service) == null && registry) {
                service.dependsOn.stream()
                        .filter(name -> !name.startsWith("+"))
                        .map(world::find)
                        .flatMap(Optional::stream)
                        .forEach(open::add);
            }
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("source", scm ? "scm" : "cim");
        boolean process = world.fault(Target.PROCESS).isEmpty();
        data.put(
                "services",
                all.values().stream()
                        .map(service -> service(service, scm, registry, process))
                        .toList());
        Optional<StateFault> log = world.fault(Target.EVENTLOG);
        boolean readable = troubled && log.isEmpty();
        Instant since =
                world.now().minus(Duration.ofHours(request.path("eventHours").asLong()));
        data.put("events", readable ? events(world, about(all.values()), since) : List.of());
        data.put("eventsError", troubled ? log.map(StateErrors::id).orElse(null) : null);
        return data;
    }

    private static List<SimService> asked(World world, JsonNode request) {
        Set<String> names = new HashSet<>();
        Set<String> displayNames = new HashSet<>();
        for (JsonNode service : request.path("services")) {
            names.add(World.key(service.path("name").asString()));
            service.path("displayNames").forEach(name -> displayNames.add(World.key(name.asString())));
        }
        return world.services().stream()
                .filter(service -> names.contains(World.key(service.name))
                        || displayNames.contains(World.key(service.displayName)))
                .toList();
    }

    private static Map<String, Object> service(SimService service, boolean scm, boolean registry, boolean process) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", service.name);
        data.put("displayName", service.displayName);
        data.put("state", Words.word(service.state));
        data.put("startType", registry ? startType(service) : null);
        data.put("exitCode", scm ? null : (Long) service.exitCode);
        data.put("serviceExitCode", scm ? null : (Long) service.serviceExitCode);
        data.put("processId", scm ? null : (Long) service.processId);
        data.put("processStartedAt", scm || !process ? null : service.processStartedAt);
        data.put(
                "dependsOn",
                registry
                        ? service.dependsOn.stream()
                                .filter(name -> !name.startsWith("+"))
                                .toList()
                        : List.of());
        data.put("imagePath", scm && !registry ? null : service.imagePath);
        data.put("account", scm && !registry ? null : service.account);
        return data;
    }

    static @Nullable String startType(SimService service) {
        return switch (service.start) {
            case 0 -> "boot";
            case 1 -> "system";
            case 2 -> service.delayed ? "automatic-delayed" : "automatic";
            case 3 -> "manual";
            case 4 -> "disabled";
            default -> null;
        };
    }

    static Set<String> about(Collection<SimService> services) {
        Set<String> about = new HashSet<>();
        for (SimService service : services) {
            about.add(World.key(service.name));
            about.add(World.key(service.displayName));
        }
        return about;
    }

    static List<Map<String, Object>> events(World world, Set<String> about, Instant since) {
        List<Map<String, Object>> told = new ArrayList<>();
        Map<String, Integer> kinds = new HashMap<>();
        for (ServiceEvent event : world.events()) {
            Optional<String> target = event.parameters().stream()
                    .limit(2)
                    .map(World::key)
                    .filter(about::contains)
                    .findFirst();
            if (EVENTS.contains(event.id())
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
