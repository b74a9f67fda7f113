package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.StateFault.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** How services of a world come to another state, and what they leave behind. */
final class ModelStates {
    private static final Duration POLL = Duration.ofMillis(50);

    private final World world;

    ModelStates(World world) {
        this.world = world;
    }

    ServiceState leaves(String name, Set<ServiceState> states, Instant until) throws InterruptedException {
        while (true) {
            ServiceState state = world.state(name);
            if (!states.contains(state) || !world.now().isBefore(until)) {
                return state;
            }
            Thread.sleep(POLL);
        }
    }

    void exitCode(String name, Map<String, Object> result) {
        if (world.fault(Target.CIM).isEmpty()) {
            world.locked(w -> w.find(name)).ifPresent(service -> {
                result.put("exitCode", service.exitCode);
                result.put("serviceExitCode", service.serviceExitCode);
            });
        }
    }
}
