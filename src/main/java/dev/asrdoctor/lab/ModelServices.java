package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.StateFault.Target;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/probe/services.ps1 answers of services. */
final class ModelServices {
    private ModelServices() {}

    static Map<String, Object> services(World world, JsonNode request, ModelLasts lasts) throws InterruptedException {
        boolean scm = world.fault(Target.CIM).isPresent();
        if (scm) {
            ModelProbe.hangWhere(world, Target.SCM);
            Optional<StateFault> fault = world.fault(Target.SCM);
            if (fault.isPresent()) {
                return StateErrors.area(fault.get());
            }
        }
        boolean troubled = ModelScope.texts(request.path("areas")).contains("history")
                || world.locked(
                        w -> asked(w, request).stream().anyMatch(service -> service.state != ServiceState.RUNNING));
        if (troubled) {
            ModelProbe.hangWhere(world, Target.EVENTLOG);
        }
        return Map.of("data", world.locked(w -> read(w, request, scm, troubled, lasts)));
    }

    private static Map<String, Object> read(
            World world, JsonNode request, boolean scm, boolean troubled, ModelLasts lasts) {
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
        Duration window = Duration.ofHours(request.path("eventHours").asLong());
        Instant since = world.now().minus(window);
        world.eventsAsLogged().stream()
                .map(ServiceEvent::at)
                .filter(at -> !at.isBefore(since))
                .forEach(at -> lasts.whileYoungerThan(window, at));
        data.put("events", readable ? ModelEvents.of(world, ModelEvents.about(all.values()), since) : List.of());
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
}
