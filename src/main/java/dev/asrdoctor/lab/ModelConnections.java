package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import dev.asrdoctor.lab.ModelNet.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Connections that a server tries or holds. */
final class ModelConnections {
    private static final int MOST_CONTROLS = 6;

    private final ModelScope scope;

    ModelConnections(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> heartbeat() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put(
                "connection",
                scope.csAddress == null || scope.csAddress.isEmpty()
                        ? null
                        : scope.net.test(
                                ModelNet.control(
                                        scope.csAddress,
                                        scope.csPort == null ? scope.places.port("control") : scope.csPort,
                                        optional(() -> scope.places.text("server", "CsProtocol"))
                                                .filter("http"::equalsIgnoreCase)
                                                .isPresent()),
                                null));
        data.put(
                "logs",
                scope.files.logs(
                        scope.places.logs("heartbeat", scope.roots()),
                        scope.request.at("/logs/heartbeat"),
                        5,
                        scope.logBytes(),
                        3));
        return data;
    }

    Map<String, @Nullable Object> source() {
        JsonNode server = scope.request.path("processServer");
        boolean named = server.isObject();
        String host = server.path("host").asString("");
        long port = server.path("port").asLong();
        boolean literal = ModelNet.literal(host);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("target", named ? host + ":" + port : null);
        Network.Answer name = scope.world.machine().network().resolve(host);
        data.put(
                "addresses",
                literal || !named
                        ? List.of()
                        : name.addresses().stream().sorted().toList());
        data.put("nameError", literal || !named ? null : name.error());
        data.put(
                "attempts",
                named
                        ? scope.net.test(
                                Collections.nCopies(3, new Target("process-server", host, port, false, "")), null)
                        : List.of());
        data.put(
                "configurationServer",
                control().map(target -> scope.net.test(target, null)).orElse(null));
        data.put("controls", scope.joinedTo == null ? null : scope.net.test(joined(server, scope.joinedTo), null));
        return data;
    }

    private List<Target> joined(JsonNode server, List<String> addresses) {
        Set<String> hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        return Stream.concat(
                        server.isObject() ? Stream.of(server.path("host").asString("")) : Stream.empty(),
                        addresses.stream())
                .filter(hosts::add)
                .limit(MOST_CONTROLS)
                .map(host -> new Target("appliance", host, scope.places.port("control"), true, ""))
                .toList();
    }

    private Optional<Target> control() {
        String path = scope.places.path("agentConfiguration", scope.roots());
        if (path == null) {
            return Optional.empty();
        }
        Map<String, String> conf =
                scope.conf(path, Set.of("Hostname", "Port"), scope.places.section("agentConfiguration"));
        if (!conf.containsKey("Hostname")) {
            conf = scope.conf(path, Set.of("Hostname"), "");
        }
        String port = conf.getOrDefault("Port", "");
        return Optional.ofNullable(conf.get("Hostname"))
                .filter(host -> !host.isEmpty())
                .map(host -> ModelNet.control(
                        host,
                        port.matches("\\d{1,5}") && Long.parseLong(port) > 0
                                ? Long.parseLong(port)
                                : scope.places.port("control"),
                        false));
    }

    Map<String, @Nullable Object> transport() {
        String host = null;
        long port = scope.places.port("data");
        Map<String, Object> test = null;
        JsonNode server = scope.request.path("processServer");
        if (scope.onSource()) {
            if (server.isObject()) {
                host = server.path("host").asString("");
                port = server.path("port").asLong();
                test = transferTest();
            }
        } else if (scope.serverRoot != null) {
            String file = scope.places.path("transportConfiguration", scope.roots());
            String configured = file == null
                    ? null
                    : scope.conf(file, Set.of("ssl_port"), scope.places.section("transportConfiguration"))
                            .get("ssl_port");
            if (configured != null && configured.matches("\\d{1,5}")) {
                port = Long.parseLong(configured);
            }
            host = scope.ownAddress == null || scope.ownAddress.isEmpty() ? "localhost" : scope.ownAddress;
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("port", port);
        Map<String, @Nullable Object> answer =
                host == null ? null : scope.net.test(new Target("data-port", host, port, true, "/"), null);
        data.put("answer", answer);
        data.put(
                "logs",
                scope.files.logs(
                        scope.places.logs("transport", scope.roots()),
                        scope.request.at("/logs/transport"),
                        8,
                        scope.logBytes(),
                        2));
        data.put("transferTest", test);
        data.put(
                "others",
                answer == null || scope.onSource() || "connected".equals(answer.get("outcome"))
                        ? null
                        : otherAddresses(String.valueOf(host), port));
        return data;
    }

    private @Nullable List<Map<String, @Nullable Object>> otherAddresses(String registered, long port) {
        return optional(() -> scope.cim.instances("Win32_NetworkAdapterConfiguration"))
                .map(adapters -> scope.net.test(
                        adapters.stream()
                                .filter(adapter -> adapter.path("IPEnabled").asBoolean(false))
                                .flatMap(adapter -> ModelScope.texts(adapter.path("IPAddress")).stream())
                                .filter(address -> address.matches("[\\d.]+") && !address.equals(registered))
                                .limit(4)
                                .map(address -> new Target("own-address", address, port, true, "/"))
                                .toList(),
                        null))
                .orElse(null);
    }

    private @Nullable Map<String, Object> transferTest() {
        JsonNode program = scope.world.machine().part("programs").path(scope.agentRoot + "\\cxpsclient.exe");
        if (scope.request.path("transferSeconds").asInt(0) <= 0 || program.isMissingNode()) {
            return null;
        }
        Map<String, Object> test = new LinkedHashMap<>();
        boolean hangs = program.path("hangs").asBoolean(false);
        test.put("finished", !hangs);
        String output = program.path("output").asString("") + "\n"
                + program.path("error").asString("");
        test.put(
                "failures",
                hangs
                        ? List.of()
                        : output.lines()
                                .map(String::strip)
                                .filter(line -> line.startsWith("***")
                                        || line.startsWith("Exception:")
                                        || line.contains("E R R O R"))
                                .limit(5)
                                .toList());
        return test;
    }

    Map<String, @Nullable Object> connections() {
        scope.cim.instances("Win32_ComputerSystem");
        List<Long> engines = new ArrayList<>();
        for (SimService service : scope.world.services()) {
            if (service.name.equalsIgnoreCase(
                            scope.request.at("/product/engine/service").asString(""))
                    && service.processId > 0) {
                engines.add(service.processId);
            }
        }
        List<Map<String, Object>> found = new ArrayList<>();
        long total = 0;
        for (JsonNode connection : scope.cim.instances("MSFT_NetTCPConnection")) {
            JsonNode owner = connection.path("OwningProcess");
            long process = owner.isString()
                    ? scope.world
                            .find("obengine")
                            .map(service -> service.processId)
                            .orElse(0L)
                    : owner.asLong();
            if (engines.contains(process) && connection.path("State").asInt() != 2) {
                total++;
                if (found.size() < 100) {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("process", process);
                    one.put("state", connection.path("State").asLong());
                    one.put("remoteAddress", connection.path("RemoteAddress").asString(""));
                    one.put("remotePort", connection.path("RemotePort").asLong());
                    found.add(one);
                }
            }
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("processes", engines);
        data.put("total", total);
        data.put("connections", found);
        return data;
    }
}
