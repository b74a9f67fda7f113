package dev.asrdoctor.lab;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.StateFault.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/remedy/start-services.ps1 does and answers, on a world. */
final class ModelRemedy {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Set<String> HEALED =
            Set.of("already-running", "started", "resumed", "would-start", "would-resume");

    private final World world;
    private final Duration startWait;
    private final boolean whatIf;
    private final List<String> failed = new ArrayList<>();

    private ModelRemedy(World world, Duration startWait, boolean whatIf) {
        this.world = world;
        this.startWait = startWait;
        this.whatIf = whatIf;
    }

    static Map<String, Object> answer(World world, JsonNode request) throws InterruptedException {
        ModelProbe.hangWhere(world, Target.SCM, Target.REGISTRY);
        ModelRemedy remedy = new ModelRemedy(
                world,
                Duration.ofSeconds(request.path("waitSeconds").asLong()),
                request.path("whatIf").asBoolean());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", 1);
        answer.put("remedy", Map.of("data", remedy.startServices(request)));
        answer.put("elapsedMillis", 0);
        return answer;
    }

    private Map<String, Object> startServices(JsonNode request) throws InterruptedException {
        Instant began = world.now().minusSeconds(1);
        List<Map<String, Object>> results = new ArrayList<>();
        boolean acted = false;
        for (JsonNode name : request.path("services")) {
            Map<String, Object> result = start(name.asString());
            results.add(result);
            if (!HEALED.contains(result.get("outcome"))) {
                failed.add(World.key(name.asString()));
            }
            acted |= hasActed(result);
        }
        if (acted) {
            Thread.sleep(Duration.ofSeconds(request.path("settleSeconds").asLong()));
        }
        List<SimService> about = new ArrayList<>();
        for (Map<String, Object> result : results) {
            String name = String.valueOf(result.get("name"));
            if (hasActed(result)) {
                readAgain(name, result);
            }
            world.find(name).ifPresent(about::add);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("services", results);
        data.put(
                "events",
                world.fault(Target.EVENTLOG).isPresent()
                        ? List.of()
                        : world.locked(w -> ModelProbe.events(w, ModelProbe.about(about), began)));
        return data;
    }

    private static boolean hasActed(Map<String, Object> result) {
        return "started".equals(result.get("outcome")) || "resumed".equals(result.get("outcome"));
    }

    private Map<String, Object> start(String name) throws InterruptedException {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", name);
        result.put("before", "unknown");
        result.put("outcome", "not-installed");
        result.put("after", "unknown");
        result.put("win32Error", null);
        result.put("exitCode", null);
        result.put("serviceExitCode", null);
        result.put("message", null);
        result.put("startedMillis", null);
        Optional<StateFault> closed = world.fault(Target.SCM);
        if (closed.isPresent()) {
            result.put("outcome", "start-failed");
            result.put("message", closed.get().message());
            return result;
        }
        Optional<SimService> found = world.locked(w -> w.find(name));
        if (found.isEmpty()) {
            return result;
        }
        SimService service = found.get();
        Instant until = world.now().plus(startWait);
        ServiceState state = world.state(name);
        result.put("before", FactsJson.word(state));
        result.put("after", FactsJson.word(state));
        String held = heldBack(service, state, result);
        if (held != null) {
            result.put("outcome", held);
            return result;
        }
        if (state == ServiceState.STOP_PENDING || state == ServiceState.PAUSE_PENDING) {
            state = leaves(name, Set.of(ServiceState.STOP_PENDING, ServiceState.PAUSE_PENDING), until);
        }
        String outcome = "started";
        if (state == ServiceState.PAUSED) {
            world.locked(w -> w.resume(name));
            outcome = "resumed";
        } else if (state == ServiceState.STOPPED) {
            long error = world.locked(w -> w.start(name));
            if (error != 0 && error != 1056) {
                result.put("outcome", "start-failed");
                result.put("win32Error", error);
                result.put("message", "Cannot start service " + name + " on computer '.'.");
                exitCode(name, result);
                return result;
            }
        }
        state = leaves(
                name, Set.of(ServiceState.START_PENDING, ServiceState.CONTINUE_PENDING, ServiceState.PAUSED), until);
        result.put("after", FactsJson.word(state));
        result.put("startedMillis", 0);
        result.put(
                "outcome",
                switch (state) {
                    case RUNNING -> outcome;
                    case STOPPED -> "start-failed";
                    default -> "timed-out";
                });
        if (state == ServiceState.STOPPED) {
            exitCode(name, result);
        }
        return result;
    }

    private @Nullable String heldBack(SimService service, ServiceState state, Map<String, Object> result) {
        if (state == ServiceState.RUNNING) {
            return "already-running";
        }
        boolean registry = world.fault(Target.REGISTRY).isEmpty();
        if (registry && service.start == 4) {
            return "refused-disabled";
        }
        for (String dependency : registry ? service.dependsOn : List.<String>of()) {
            if (failed.contains(World.key(dependency))) {
                result.put("message", dependency);
                return "skipped-dependency-failed";
            }
        }
        if (whatIf) {
            return state == ServiceState.PAUSED || state == ServiceState.PAUSE_PENDING ? "would-resume" : "would-start";
        }
        return null;
    }

    private ServiceState leaves(String name, Set<ServiceState> states, Instant until) throws InterruptedException {
        while (true) {
            ServiceState state = world.state(name);
            if (!states.contains(state) || !world.now().isBefore(until)) {
                return state;
            }
            Thread.sleep(POLL);
        }
    }

    private void readAgain(String name, Map<String, Object> result) {
        ServiceState state = world.state(name);
        result.put("after", FactsJson.word(state));
        if (state == ServiceState.STOPPED) {
            result.put("outcome", "stopped-again");
            exitCode(name, result);
        }
    }

    private void exitCode(String name, Map<String, Object> result) {
        if (world.fault(Target.CIM).isEmpty()) {
            world.locked(w -> w.find(name)).ifPresent(service -> {
                result.put("exitCode", service.exitCode);
                result.put("serviceExitCode", service.serviceExitCode);
            });
        }
    }
}
