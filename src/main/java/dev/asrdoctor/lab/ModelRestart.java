package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.StateFault.Target;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.lang3.ObjectUtils;
import org.jspecify.annotations.Nullable;

/** Restarts a service of a world, with those that run on top of it. */
final class ModelRestart {
    private final World world;
    private final ModelHindrances hindrances;
    private final ModelStates states;
    private final Duration startWait;
    private final boolean whatIf;

    ModelRestart(World world, ModelHindrances hindrances, Duration startWait, boolean whatIf) {
        this.world = world;
        this.hindrances = hindrances;
        this.states = new ModelStates(world);
        this.startWait = startWait;
        this.whatIf = whatIf;
    }

    Map<String, Object> restart(String name, String processId, Duration half) throws InterruptedException {
        Map<String, Object> result = ModelRemedy.result(name);
        Optional<StateFault> closed = world.fault(Target.SCM);
        if (closed.isPresent()) {
            result.put("outcome", "restart-failed");
            result.put("message", closed.get().message());
            return result;
        }
        Optional<SimService> found = world.locked(w -> w.find(name));
        if (found.isEmpty()) {
            return result;
        }
        if (refused(found.get(), processId, result)) {
            return result;
        }
        List<SimService> above = world.locked(w -> w.dependants(name).stream()
                .filter(service -> service.state != ServiceState.STOPPED)
                .toList());
        if (hindrances.refuse(name, result)) {
            return result;
        }
        if (whatIf) {
            result.put("outcome", "would-restart");
            return result;
        }
        restart(name, above, half, result);
        result.put("after", Words.word(world.state(name)));
        return result;
    }

    private boolean refused(SimService service, String processId, Map<String, Object> result) {
        ServiceState state = world.state(service.name);
        result.put("before", Words.word(state));
        result.put("after", Words.word(state));
        if (state != ServiceState.RUNNING) {
            result.put("outcome", "not-running");
            return true;
        }
        Optional<StateFault> blind = world.fault(Target.CIM);
        if (blind.isPresent()) {
            result.put("outcome", "restart-failed");
            result.put("message", blind.get().message());
            return true;
        }
        if (!Long.toString(service.processId).equals(processId)) {
            result.put("outcome", "already-restarted");
            return true;
        }
        return false;
    }

    private void restart(String name, List<SimService> above, Duration half, Map<String, Object> result)
            throws InterruptedException {
        Instant stopsUntil = world.now().plus(half);
        List<String> stopped = new ArrayList<>();
        String stays = null;
        for (SimService other : above) {
            stopped.add(other.name);
            if (stop(other.name, stopsUntil) != ServiceState.STOPPED) {
                stays = other.name;
                break;
            }
        }
        if (stays == null && stop(name, stopsUntil) != ServiceState.STOPPED) {
            stays = name;
        }
        Instant startsUntil = world.now().plus(half);
        if (stays != null) {
            result.put("outcome", "stop-timed-out");
            result.put("message", stays);
        } else {
            long error = world.locked(w -> w.start(name));
            if (error != 0) {
                result.put("outcome", "restart-failed");
                result.put("win32Error", error);
                result.put("message", "Cannot start service " + name + " on computer '.'.");
                startAgain(stopped.reversed(), world.now().plus(half));
                return;
            }
            comesUp(name, result);
        }
        String below = startAgain(stopped.reversed(), startsUntil);
        if (below != null && "restarted".equals(result.get("outcome"))) {
            result.put("outcome", "dependant-down");
            result.put("message", below);
        }
        result.put("startedMillis", 0);
    }

    private void comesUp(String name, Map<String, Object> result) throws InterruptedException {
        ServiceState now = states.leaves(
                name, Set.of(ServiceState.START_PENDING), world.now().plus(startWait));
        result.put(
                "outcome",
                switch (now) {
                    case RUNNING -> "restarted";
                    case STOPPED -> "start-failed";
                    default -> "timed-out";
                });
        if (now == ServiceState.STOPPED) {
            states.exitCode(name, result);
        }
    }

    private ServiceState stop(String name, Instant until) throws InterruptedException {
        world.locked(w -> w.stop(name));
        return states.leaves(
                name,
                Set.of(ServiceState.STOP_PENDING, ServiceState.RUNNING),
                ObjectUtils.min(until, world.now().plus(startWait.multipliedBy(2))));
    }

    /** The first that does not come up, null where all do. */
    private @Nullable String startAgain(List<String> names, Instant until) throws InterruptedException {
        String down = null;
        for (String name : names) {
            world.locked(w -> w.start(name));
            ServiceState now = states.leaves(
                    name,
                    Set.of(ServiceState.START_PENDING),
                    ObjectUtils.min(until, world.now().plus(startWait)));
            if (now != ServiceState.RUNNING && down == null) {
                down = name;
            }
        }
        return down;
    }
}
