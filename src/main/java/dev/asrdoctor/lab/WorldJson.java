package dev.asrdoctor.lab;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.lab.SimService.OnStart;
import dev.asrdoctor.lab.SimService.Transition;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A world as JSON, for the stand-in for Windows that real PowerShell works on. */
final class WorldJson {
    private WorldJson() {}

    /** Inside the world's lock. */
    static ObjectNode write(World world) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("id", world.id());
        SimHost host = world.host();
        root.putObject("host")
                .put("computerName", host.computerName())
                .put("osCaption", host.osCaption())
                .put("osVersion", host.osVersion())
                .put("culture", host.culture())
                .put("psVersion", host.psVersion())
                .put("bootedAt", text(host.bootedAt()))
                .put("clockOffsetSeconds", host.clockOffset().toSeconds());
        var services = root.putArray("services");
        world.services().forEach(service -> services.add(write(service)));
        var events = root.putArray("events");
        for (ServiceEvent event : world.eventsAsLogged()) {
            ObjectNode one = events.addObject().put("id", event.id()).put("at", text(event.at()));
            event.parameters().forEach(one.putArray("parameters")::add);
            one.put("by", event.by());
        }
        var faults = root.putArray("faults");
        for (StateFault fault : world.faults()) {
            faults.addObject()
                    .put("target", fault.target().name().toLowerCase(Locale.ROOT))
                    .put("error", Words.word(fault.error()))
                    .put("message", fault.message());
        }
        ObjectNode machine = world.machine().live();
        for (JsonNode endpoint : machine.path("network").path("endpoints")) {
            markSilent(world, endpoint);
            markSilent(world, endpoint.path("direct"));
        }
        root.set("machine", machine);
        return root;
    }

    private static void markSilent(World world, JsonNode endpoint) {
        if (endpoint instanceof ObjectNode object && world.silent(object)) {
            object.put("silent", true);
        }
    }

    private static ObjectNode write(SimService service) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", service.name)
                .put("displayName", service.displayName)
                .put("state", Words.word(service.state))
                .put("start", service.start)
                .put("delayed", service.delayed)
                .put("exitCode", service.exitCode)
                .put("serviceExitCode", service.serviceExitCode)
                .put("processId", service.processId)
                .put("processStartedAt", text(service.processStartedAt));
        service.dependsOn.forEach(node.putArray("dependsOn")::add);
        node.put("imagePath", service.imagePath).put("account", service.account).put("stopHangs", service.stopHangs);
        node.put("failures", service.failures);
        service.recovery.forEach(delay -> node.withArray("recovery").add(delay.toMillis()));
        OnStart onStart = service.onStart;
        node.putObject("onStart")
                .put("outcome", onStart.outcome().name().toLowerCase(Locale.ROOT))
                .put("afterMillis", onStart.afterMillis())
                .put("runsMillis", onStart.runsMillis())
                .put("exitCode", onStart.exitCode())
                .put("serviceExitCode", onStart.serviceExitCode())
                .put("win32Error", onStart.win32Error());
        var transitions = node.putArray("transitions");
        for (Transition transition : service.transitions) {
            ObjectNode one = transitions
                    .addObject()
                    .put("at", text(transition.at()))
                    .put("state", Words.word(transition.state()))
                    .put("exitCode", transition.exitCode())
                    .put("serviceExitCode", transition.serviceExitCode())
                    .put("processId", transition.processId());
            if (transition.eventId() == null) {
                one.putNull("event");
            } else {
                transition
                        .eventParameters()
                        .forEach(one.putObject("event")
                                .put("id", transition.eventId())
                                .putArray("parameters")::add);
            }
        }
        return node;
    }

    /**
     * What a script has changed; the rest stays as it is now, since other scripts may have run beside it. Inside the world's
     * lock.
     *
     * @param given the world as the script was given it
     */
    static void apply(World world, JsonNode given, JsonNode changed) {
        List<ObjectNode> known = new ArrayList<>();
        given.path("services").forEach(node -> known.add(write(service(node))));
        List<SimService> services = new ArrayList<>();
        for (JsonNode node : changed.path("services")) {
            SimService service = service(node);
            if (!known.contains(write(service))) {
                services.add(service);
            }
        }
        List<ServiceEvent> logged = new ArrayList<>(events(changed));
        logged.removeAll(events(given));
        world.replaceServices(services, logged);
        if (changed.path("changed") instanceof ObjectNode part && !part.isEmpty()) {
            world.change(part);
        }
        long offset = changed.path("host").path("clockOffsetSeconds").asLong();
        if (offset != given.path("host").path("clockOffsetSeconds").asLong()) {
            world.setClock(Duration.ofSeconds(offset));
        }
    }

    private static List<ServiceEvent> events(JsonNode world) {
        List<ServiceEvent> events = new ArrayList<>();
        for (JsonNode event : world.path("events")) {
            events.add(new ServiceEvent(
                    event.path("id").asInt(),
                    Instant.parse(event.path("at").asString().substring(1)),
                    texts(event.path("parameters")),
                    event.path("by").isString() ? event.path("by").asString() : null));
        }
        return events;
    }

    private static SimService service(JsonNode node) {
        SimService service = new SimService(
                node.path("name").asString(), node.path("displayName").asString());
        service.state = FactsJson.state(node.path("state").asString(""));
        service.start = node.path("start").asInt();
        service.delayed = node.path("delayed").asBoolean();
        service.exitCode = node.path("exitCode").asLong();
        service.serviceExitCode = node.path("serviceExitCode").asLong();
        service.processId = node.path("processId").asLong();
        service.processStartedAt = instant(node.path("processStartedAt"));
        service.dependsOn = texts(node.path("dependsOn"));
        service.imagePath = node.path("imagePath").asString("");
        service.account = node.path("account").asString("");
        service.stopHangs = node.path("stopHangs").asBoolean();
        service.failures = node.path("failures").asInt();
        List<Duration> recovery = new ArrayList<>();
        node.path("recovery").forEach(delay -> recovery.add(Duration.ofMillis(delay.asLong())));
        service.recovery = recovery;
        JsonNode onStart = node.path("onStart");
        service.onStart = new OnStart(
                SimService.Start.valueOf(
                        onStart.path("outcome").asString("running").toUpperCase(Locale.ROOT)),
                onStart.path("afterMillis").asLong(),
                onStart.path("runsMillis").asLong(),
                onStart.path("exitCode").asLong(),
                onStart.path("serviceExitCode").asLong(),
                onStart.path("win32Error").asLong());
        for (JsonNode one : node.path("transitions")) {
            JsonNode event = one.path("event");
            ServiceState state = FactsJson.state(one.path("state").asString(""));
            service.plan(new Transition(
                    Instant.parse(one.path("at").asString().substring(1)),
                    state,
                    one.path("exitCode").asLong(),
                    one.path("serviceExitCode").asLong(),
                    one.path("processId").asLong(),
                    event.isObject() ? (Integer) event.path("id").asInt() : null,
                    texts(event.path("parameters"))));
        }
        return service;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asString()));
        return texts;
    }

    /** The mark in front keeps PowerShell 7 from reading the text as a date of its own. */
    static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : "@" + instant.truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable Instant instant(JsonNode node) {
        return node.isString() ? Instant.parse(node.asString().substring(1)) : null;
    }
}
