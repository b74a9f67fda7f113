package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the scripts of ps-scripts/probe answer beyond host and services, area by area, from a world whose lock is held. */
final class ModelAreas {
    private final ModelScope scope;

    ModelAreas(World world, JsonNode request, ModelLasts lasts) {
        this.scope = new ModelScope(world, request, lasts);
    }

    /** In the order of ps-scripts/probe/run.ps1. */
    void read(Map<String, Object> areas) {
        ModelProduct product = new ModelProduct(scope);
        ModelMachine machine = new ModelMachine(scope);
        ModelConnections connections = new ModelConnections(scope);
        ModelFirewall firewall = new ModelFirewall(scope);
        ModelAppliance appliance = new ModelAppliance(scope);
        ModelLoad load = new ModelLoad(scope);
        Set<String> wanted = new LinkedHashSet<>();
        scope.request.path("areas").forEach(area -> wanted.add(area.asString("")));
        if (wanted.contains("product")) {
            areas.put("product", area(product::product));
        }
        if (wanted.contains("firewall") || wanted.contains("proxy")) {
            try {
                scope.proxies.read();
            } catch (ModelError e) {
                scope.proxyError = e.id();
            }
            optional(product::registered).ifPresent(scope.endpoints::addAll);
        }
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("system", machine::system);
        readers.put("time", new ModelTime(scope)::time);
        readers.put("history", new ModelHistory(scope)::history);
        readers.put("heartbeat", connections::heartbeat);
        readers.put("antivirus", new ModelAntivirus(scope)::antivirus);
        readers.put("source", connections::source);
        readers.put("transport", connections::transport);
        readers.put("connections", connections::connections);
        readers.put("marslog", new ModelMars(scope)::marsLog);
        readers.put("proxy", firewall::proxy);
        readers.put("firewall", firewall::firewall);
        readers.put("crypto", () -> ModelCrypto.read(scope.registry));
        readers.put("appliance", appliance::appliance);
        readers.put("certificates", new ModelCertificates(scope)::certificates);
        readers.put("serving", new ModelServing(scope)::serving);
        readers.put("licence", appliance::licence);
        readers.put("cache", load::cache);
        readers.put("performance", load::performance);
        readers.put("upload", load::upload);
        readers.put("bandwidth", new ModelBandwidth(scope)::bandwidth);
        readers.forEach((name, reader) -> {
            if (wanted.contains(name)) {
                areas.put(name, area(reader));
            }
        });
    }

    private interface Reader {
        Map<String, @Nullable Object> read();
    }

    private static Map<String, Object> area(Reader reader) {
        try {
            return Map.of("data", reader.read());
        } catch (ModelError e) {
            return e.area();
        }
    }
}
