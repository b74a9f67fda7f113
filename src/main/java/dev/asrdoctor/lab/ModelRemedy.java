package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.StateFault.Target;
import dev.asrdoctor.text.Words;
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

/** What ps-scripts/remedy does and answers, on a world. */
final class ModelRemedy {
    private static final Set<String> GOOD = Set.of(
            "already-running",
            "started",
            "resumed",
            "would-start",
            "would-resume",
            "restarted",
            "already-restarted",
            "would-restart",
            "set",
            "already-set",
            "would-set",
            "asked",
            "would-resync");
    private static final Set<String> BEGUN = Set.of("started", "resumed", "restarted");
    private static final Set<String> STARTS = Set.of("start", "resume", "restart");

    private final World world;
    private final ModelHindrances hindrances;
    private final ModelStates states;
    private final Duration startWait;
    private final boolean allWhatIf;
    private boolean whatIf;
    private final List<String> failed = new ArrayList<>();
    private final List<String> down = new ArrayList<>();

    private ModelRemedy(World world, Duration startWait, boolean whatIf) {
        this.world = world;
        this.hindrances = new ModelHindrances(world);
        this.states = new ModelStates(world);
        this.startWait = startWait;
        this.allWhatIf = whatIf;
    }

    static Map<String, Object> answer(World world, JsonNode request) throws InterruptedException {
        ModelProbe.hangWhere(world, Target.SCM, Target.REGISTRY);
        ModelRemedy remedy = new ModelRemedy(
                world,
                Duration.ofSeconds(request.path("waitSeconds").asLong()),
                request.path("whatIf").asBoolean());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", 1);
        answer.put("remedy", Map.of("data", remedy.underLease(request)));
        answer.put("elapsedMillis", 0);
        return answer;
    }

    private Map<String, Object> underLease(JsonNode request) throws InterruptedException {
        if (!world.takeLease()) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("leased", false);
            data.put("kept", "busy");
            data.put("keptBy", null);
            data.put("steps", List.of());
            data.put("events", List.of());
            return data;
        }
        try {
            return steps(request);
        } finally {
            world.giveLeaseBack();
        }
    }

    private Map<String, Object> steps(JsonNode request) throws InterruptedException {
        Instant began = world.now().minusSeconds(1);
        List<Map<String, Object>> results = new ArrayList<>();
        boolean acted = false;
        for (JsonNode step : request.path("steps")) {
            whatIf = allWhatIf || step.path("whatIf").asBoolean(false);
            Map<String, Object> result = step(step, request);
            result.put("action", step.path("action").asString(""));
            results.add(result);
            if (!GOOD.contains(result.get("outcome"))) {
                failed.add(World.key(step.path("target").asString("")));
                if (STARTS.contains(step.path("action").asString(""))) {
                    down.add(World.key(step.path("target").asString("")));
                }
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
        data.put("leased", true);
        data.put("steps", results);
        data.put(
                "events",
                world.fault(Target.EVENTLOG).isPresent()
                        ? List.of()
                        : world.locked(w -> ModelEvents.of(w, ModelEvents.about(about), began)));
        data.put(
                "eventsError", world.fault(Target.EVENTLOG).map(StateErrors::id).orElse(null));
        return data;
    }

    private Map<String, Object> step(JsonNode step, JsonNode request) throws InterruptedException {
        String target = step.path("target").asString("");
        String from = step.path("from").asString("");
        String to = step.path("to").asString("");
        String needs = step.path("needs").asString("");
        if (!needs.isEmpty() && failed.contains(World.key(needs))) {
            Map<String, Object> result = result(target);
            result.put("outcome", "skipped-dependency-failed");
            result.put("message", needs);
            return result;
        }
        for (JsonNode other : request.path("steps")) {
            String taker = other.path("target").asString("");
            if (other.path("action").asString("").equals("restart")
                    && other.path("needs").asString("").equalsIgnoreCase(target)) {
                String refused = hindrances.refusal(taker, other.path("from").asString(""));
                if (refused != null) {
                    Map<String, Object> result = result(target);
                    result.put("outcome", refused);
                    result.put("message", taker);
                    return result;
                }
            }
        }
        ModelChanges changes = new ModelChanges(world, whatIf);
        return switch (step.path("action").asString("")) {
            case "start", "resume" -> start(target);
            case "restart" ->
                new ModelRestart(world, hindrances, startWait, whatIf)
                        .restart(
                                target,
                                from,
                                Duration.ofSeconds(step.path("seconds").asLong())
                                        .dividedBy(2));
            case "set-start-type" -> changes.startType(result(target), target, from, to);
            case "resync-time" -> resync();
            case "set-mars-proxy" -> changes.marsProxy(result("MARS"), from, to);
            case "set-product-proxy" -> changes.productProxy(result("ProxySettings"), from, to);
            case "exclude-folders" -> changes.exclude(result("Windows Defender"), to);
            default -> throw new IllegalArgumentException("there is no remedy " + step);
        };
    }

    static Map<String, Object> result(String name) {
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
        return result;
    }

    private static boolean hasActed(Map<String, Object> result) {
        return BEGUN.contains(result.get("outcome"));
    }

    private Map<String, Object> resync() throws InterruptedException {
        Map<String, Object> result = result("W32Time");
        Optional<SimService> found = world.locked(w -> w.find("W32Time"));
        if (found.isEmpty()) {
            return result;
        }
        result.put("before", Words.word(found.get().state));
        result.put("after", Words.word(found.get().state));
        if (hindrances.registryUnread()) {
            result.put("outcome", "refused-unread");
            result.put("message", "W32Time");
            return result;
        }
        if (found.get().start == 4) {
            result.put("outcome", "refused-disabled");
            return result;
        }
        if (whatIf) {
            result.put("outcome", "would-resync");
            return result;
        }
        if (found.get().state == ServiceState.STOPPED) {
            world.locked(w -> w.start("W32Time"));
            result.put(
                    "after",
                    Words.word(states.leaves(
                            "W32Time",
                            Set.of(ServiceState.START_PENDING),
                            world.now().plus(startWait))));
        }
        new ModelChanges(world, false).resync(result);
        return result;
    }

    private Map<String, Object> start(String name) throws InterruptedException {
        Map<String, Object> result = result(name);
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
        result.put("before", Words.word(state));
        result.put("after", Words.word(state));
        String held = heldBack(service, state, result);
        if (held != null) {
            result.put("outcome", held);
            return result;
        }
        if (state == ServiceState.STOP_PENDING || state == ServiceState.PAUSE_PENDING) {
            state = states.leaves(name, Set.of(ServiceState.STOP_PENDING, ServiceState.PAUSE_PENDING), until);
        }
        if (state == ServiceState.STOP_PENDING || state == ServiceState.PAUSE_PENDING) {
            result.put("outcome", "stuck");
            result.put("after", Words.word(state));
            result.put("startedMillis", 0);
            return result;
        }
        begin(name, state, until, result);
        return result;
    }

    private void begin(String name, ServiceState from, Instant until, Map<String, Object> result)
            throws InterruptedException {
        String outcome = "started";
        if (from == ServiceState.PAUSED) {
            world.locked(w -> w.resume(name));
            outcome = "resumed";
        } else if (from == ServiceState.STOPPED) {
            long error = world.locked(w -> w.start(name));
            if (error != 0 && error != 1056) {
                result.put("outcome", "start-failed");
                result.put("win32Error", error);
                result.put("message", "Cannot start service " + name + " on computer '.'.");
                states.exitCode(name, result);
                return;
            }
        }
        ServiceState state = states.leaves(
                name, Set.of(ServiceState.START_PENDING, ServiceState.CONTINUE_PENDING, ServiceState.PAUSED), until);
        result.put("after", Words.word(state));
        result.put("startedMillis", 0);
        result.put(
                "outcome",
                switch (state) {
                    case RUNNING -> outcome;
                    case STOPPED -> "start-failed";
                    default -> "timed-out";
                });
        if (state == ServiceState.STOPPED) {
            states.exitCode(name, result);
        }
    }

    private @Nullable String heldBack(SimService service, ServiceState state, Map<String, Object> result) {
        if (state == ServiceState.RUNNING) {
            return "already-running";
        }
        if (hindrances.registryUnread()) {
            result.put("message", service.name);
            return "refused-unread";
        }
        if (service.start == 4) {
            return "refused-disabled";
        }
        for (String dependency : service.dependsOn) {
            if (down.contains(World.key(dependency)) && !hindrances.runs(dependency)) {
                result.put("message", dependency);
                return "skipped-dependency-failed";
            }
        }
        if (whatIf) {
            return state == ServiceState.PAUSED || state == ServiceState.PAUSE_PENDING ? "would-resume" : "would-start";
        }
        return null;
    }

    private void readAgain(String name, Map<String, Object> result) {
        ServiceState state = world.state(name);
        result.put("after", Words.word(state));
        if (state == ServiceState.STOPPED) {
            result.put("outcome", "stopped-again");
            states.exitCode(name, result);
        }
    }
}
