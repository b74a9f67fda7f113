package dev.asrdoctor.lab;

import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.lab.SimServer.ServiceChange;
import dev.asrdoctor.lab.SimServer.TimedChange;
import dev.asrdoctor.lab.SimService.Transition;
import dev.asrdoctor.lab.World.ScriptChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Brings a scenario's server to life: its deployment's healthy services, changed as the scenario says. */
final class WorldMaker {
    private WorldMaker() {}

    static World make(SimServer server, InstantSource clock) {
        Instant now = clock.instant().plus(server.clockOffset());
        Instant booted = now.minus(server.bootedFor());
        Map<String, SimService> services = new LinkedHashMap<>();
        for (SimService service : HealthyServices.of(server.deployment(), server.culture(), booted)) {
            services.put(World.key(service.name), service);
        }
        server.removed().forEach(name -> services.remove(World.key(name)));
        List<ServiceEvent> events = new ArrayList<>();
        server.services().forEach((name, change) -> {
            SimService service = services.computeIfAbsent(World.key(name), key -> new SimService(name, name));
            change(service, change, now, events);
        });
        List<ScriptChange> scriptChanges = new ArrayList<>();
        for (TimedChange change : server.changes()) {
            SimService service = services.get(World.key(change.service()));
            if (service != null && change.script() > 0) {
                scriptChanges.add(new ScriptChange(change.script(), service.name, transition(service, change, now)));
            } else if (service != null) {
                service.plan(transition(service, change, now));
            }
        }
        String computerName = server.name().toUpperCase(Locale.ROOT);
        SimHost host = new SimHost(
                computerName.substring(0, Math.min(15, computerName.length())),
                server.os().caption(),
                server.os().version(),
                server.culture(),
                server.os().powerShell(),
                booted,
                server.clockOffset());
        Machine machine = new Machine(machine(server), now);
        return new World(host, services.values(), events, server.faults(), scriptChanges, machine, clock);
    }

    private static ObjectNode machine(SimServer server) {
        ObjectNode healthy = Machines.healthy(server.deployment(), server.os());
        String processServer = server.inventory().processServer();
        ObjectNode base = processServer == null ? healthy : Machines.reaching(healthy, processServer);
        return server.machine() == null ? base : Machines.merged(base, server.machine());
    }

    private static void change(SimService service, ServiceChange change, Instant now, List<ServiceEvent> events) {
        if (change.displayName() != null) {
            service.displayName = change.displayName();
        }
        if (change.dependsOn() != null) {
            service.dependsOn = change.dependsOn();
        }
        if (change.onStart() != null) {
            service.onStart = change.onStart();
        }
        if (change.startType() != null) {
            startType(service, change.startType());
        }
        if (change.state() != null) {
            service.state = change.state();
        }
        service.exitCode = change.exitCode() == null ? 0 : change.exitCode();
        service.serviceExitCode = change.serviceExitCode() == null ? 0 : change.serviceExitCode();
        Instant since = now.minus(change.since() == null ? Duration.ofMinutes(10) : change.since());
        if (service.state == ServiceState.STOPPED) {
            service.processId = 0;
            service.processStartedAt = null;
        } else if (service.state.pending()) {
            service.processStartedAt = since;
        }
        service.stopHangs = change.stopHangs();
        if (change.changedBy() != null) {
            events.add(new ServiceEvent(
                    7040,
                    since.minusSeconds(5),
                    List.of(service.displayName, "auto start", "disabled", service.name),
                    change.changedBy()));
        }
        if (change.stoppedBy() != null) {
            events.add(new ServiceEvent(
                    7042, since, List.of(service.displayName, "stop", "0x40030011", "None"), change.stoppedBy()));
        }
        for (int i = 0; i < change.crashes(); i++) {
            events.add(new ServiceEvent(
                    7034,
                    since.minus(Duration.ofMinutes(30L * (change.crashes() - 1 - i))),
                    List.of(service.displayName, Integer.toString(i + 1))));
        }
    }

    private static void startType(SimService service, StartType startType) {
        service.delayed = startType == StartType.AUTOMATIC_DELAYED;
        service.start = switch (startType) {
            case BOOT -> 0;
            case SYSTEM -> 1;
            case AUTOMATIC, AUTOMATIC_DELAYED -> 2;
            case MANUAL -> 3;
            case DISABLED -> 4;
        };
    }

    private static Transition transition(SimService service, TimedChange change, Instant now) {
        boolean stops = change.state() == ServiceState.STOPPED;
        boolean crashes = stops && change.exitCode() != 0;
        return new Transition(
                now.plus(change.at()),
                change.state(),
                change.exitCode(),
                0,
                stops ? 0 : service.processId,
                crashes ? (Integer) 7034 : null,
                crashes ? List.of(service.displayName, "1") : List.of());
    }
}
