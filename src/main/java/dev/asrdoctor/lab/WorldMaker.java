package dev.asrdoctor.lab;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.lab.SimServer.LoggedEvent;
import dev.asrdoctor.lab.SimServer.ServiceChange;
import dev.asrdoctor.lab.SimServer.TimedChange;
import dev.asrdoctor.lab.SimService.Transition;
import dev.asrdoctor.lab.World.ScriptChange;
import dev.asrdoctor.product.Trait;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings a scenario's server to life: its deployment's healthy services, changed as the scenario says. */
final class WorldMaker {
    private static final String SERVICE_CONTROL_MANAGER = "Service Control Manager";
    private static final String IDENTITY = "44AAidentity";

    private WorldMaker() {}

    static World make(SimServer server, InstantSource clock) {
        return make(server, Map.of(), clock);
    }

    /** @param others the lab's servers, by name */
    static World make(SimServer server, Map<String, SimServer> others, InstantSource clock) {
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
                scriptChanges.add(new ScriptChange(change.script(), service.name, transitions(service, change, now)));
            } else if (service != null) {
                transitions(service, change, now).forEach(service::plan);
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
        Machine machine = new Machine(machine(server, others), now);
        addLogged(machine, events);
        return new World(host, services.values(), events, server.faults(), scriptChanges, machine, clock);
    }

    private static ObjectNode machine(SimServer server, Map<String, SimServer> others) {
        ObjectNode usual = Machines.healthy(server.deployment(), server.os());
        ObjectNode healthy = server.address() == null ? usual : Machines.at(server.address(), usual);
        String processServer = server.inventory().processServer();
        ObjectNode base =
                processServer == null ? healthy : Machines.reaching(healthy, processServer, others.get(processServer));
        ObjectNode machine = server.machine() == null ? base : Machines.merged(base, server.machine());
        return server.deployment().is(Trait.APPLIANCE) ? identified(machine, server.name()) : machine;
    }

    /** With certificates of its own: no two appliances have the same, unless one was copied. */
    private static ObjectNode identified(ObjectNode machine, String name) {
        String digits = machine.path("identity").asString(HexFormat.of().toHexDigits(name.hashCode()));
        return (ObjectNode) FactsJson.parse(machine.toString().replace(IDENTITY, IDENTITY.substring(0, 4) + digits));
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
        if (change.changedFrom() != null) {
            startType(service, change.changedFrom());
        }
        int before = service.start;
        if (change.startType() != null) {
            startType(service, change.startType());
        }
        service.recovery = change.recovery();
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
        log(service, change, before, now, since, events);
    }

    /** What the event log says of all that. */
    private static void log(
            SimService service,
            ServiceChange change,
            int before,
            Instant now,
            Instant since,
            List<ServiceEvent> events) {
        if (change.changedBy() != null) {
            events.add(new ServiceEvent(
                    7040,
                    since.minusSeconds(5),
                    List.of(service.displayName, startWord(before), startWord(service.start), service.name),
                    change.changedBy()));
        }
        if (change.stoppedBy() != null) {
            events.add(new ServiceEvent(
                    7042, since, List.of(service.displayName, "stop", "0x40030011", "None"), change.stoppedBy()));
        }
        if (change.crashes() != null) {
            for (Duration age : change.crashes().ages()) {
                service.failures++;
                events.add(new ServiceEvent(
                        service.failureEvent(service.failures),
                        since.minus(age),
                        service.failureParameters(service.failures)));
            }
        }
        for (LoggedEvent event : change.events()) {
            List<String> parameters = new ArrayList<>(List.of(service.displayName));
            parameters.addAll(event.parameters());
            events.add(new ServiceEvent(event.id(), now.minus(event.age()), List.copyOf(parameters), event.by()));
        }
    }

    /** The whole log of the Service Control Manager: also what the scenario says of services that are not simulated. */
    private static void addLogged(Machine machine, List<ServiceEvent> events) {
        for (JsonNode event : machine.part("events")) {
            if (event.path("provider").asString("").equals(SERVICE_CONTROL_MANAGER)) {
                List<String> parameters = new ArrayList<>();
                event.path("parameters").forEach(text -> parameters.add(text.asString("")));
                events.add(new ServiceEvent(
                        event.path("id").asInt(),
                        machine.moment(event),
                        parameters,
                        event.path("by").isString() ? event.path("by").asString() : null));
            }
        }
    }

    /** As event 7040 writes it on an English server. */
    private static String startWord(int start) {
        return switch (start) {
            case 0 -> "boot start";
            case 1 -> "system start";
            case 2 -> "auto start";
            case 3 -> "demand start";
            default -> "disabled";
        };
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

    /** A crash, and what the Service Control Manager does about it, or any other change. */
    private static List<Transition> transitions(SimService service, TimedChange change, Instant now) {
        Instant at = now.plus(change.at());
        boolean stops = change.state() == ServiceState.STOPPED;
        if (!stops || change.exitCode() == 0) {
            long processId = stops ? 0 : service.processId;
            return List.of(new Transition(at, change.state(), change.exitCode(), 0, processId, null, List.of()));
        }
        int failure = service.failures + 1;
        List<Transition> transitions = new ArrayList<>(List.of(service.falls(at, failure, change.exitCode(), 0)));
        service.startedAgainAfter(failure).map(at::plus).ifPresent(again -> {
            long processId = service.processId + 2;
            transitions.add(new Transition(again, ServiceState.START_PENDING, 0, 0, processId, null, List.of()));
            transitions.add(new Transition(
                    again.plusMillis(service.onStart.afterMillis()),
                    ServiceState.RUNNING,
                    0,
                    0,
                    processId,
                    null,
                    List.of()));
        });
        return transitions;
    }
}
