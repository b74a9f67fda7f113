package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.StateFault.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What ps-scripts/remedy/restart-service.ps1 asks before it stops anything, on a world. */
final class ModelHindrances {
    private final World world;

    /** @param outcome the script's word */
    private record Hindrance(String outcome, String service) {}

    ModelHindrances(World world) {
        this.world = world;
    }

    boolean registryUnread() {
        return world.fault(Target.REGISTRY).isPresent();
    }

    boolean runs(String name) {
        return world.locked(w -> w.find(name)
                .filter(service -> service.state == ServiceState.RUNNING)
                .isPresent());
    }

    /** Why a service that runs would not be restarted from a process, in the script's word; null where it would. */
    @Nullable String refusal(String name, String process) {
        return world.locked(w -> {
            if (!runs(name)) {
                return null;
            }
            if (find(w, name) != null) {
                return "restart-refused";
            }
            boolean same = w.fault(Target.CIM).isEmpty()
                    && w.find(name)
                            .filter(service -> Long.toString(service.processId).equals(process))
                            .isPresent();
            return same ? null : "restart-moved-on";
        });
    }

    /** Says so in the result where a restart is refused. */
    boolean refuse(String name, Map<String, Object> result) {
        Hindrance found = world.locked(w -> find(w, name));
        if (found == null) {
            return false;
        }
        result.put("outcome", found.outcome());
        result.put("message", found.service());
        return true;
    }

    private @Nullable Hindrance find(World w, String name) {
        List<String> asked = new ArrayList<>(List.of(name));
        w.dependants(name).stream()
                .filter(service -> service.state != ServiceState.STOPPED)
                .forEach(service -> asked.add(service.name));
        return asked.stream()
                .map(one -> below(w, one))
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Hindrance below(World w, String name) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            String one = open.poll();
            SimService service = w.find(one).orElse(null);
            if (!seen.add(World.key(one))) {
                continue;
            }
            if (registryUnread() || service == null) {
                return new Hindrance("refused-unread", one);
            }
            if (service.start == 4) {
                return new Hindrance("refused-disabled", one);
            }
            for (String dependency : service.dependsOn) {
                SimService other = w.find(dependency).orElse(null);
                if (other == null) {
                    return new Hindrance("refused-missing", dependency);
                }
                if (other.state != ServiceState.RUNNING) {
                    open.add(dependency);
                }
            }
        }
        return null;
    }
}
