package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import dev.asrdoctor.lab.ModelNet.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What stands between a server and Azure: firewalls and proxies. */
final class ModelFirewall {
    private static final String LOCAL =
            "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy";
    private static final String POLICY = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";

    private final ModelScope scope;

    ModelFirewall(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> firewall() {
        List<String> unread = new ArrayList<>();
        List<Map<String, @Nullable Object>> profiles = profiles(unread);
        List<String> rules = rules(unread);
        Map<String, Target> targets = targets();
        Optional<ModelProxies.MachineProxy> machine = optional(scope.proxies::machine);
        ModelProxies.Tried tried = scope.proxies.tried(
                scope.net,
                List.copyOf(targets.values()),
                machine.map(ModelProxies.MachineProxy::way).orElse(null),
                () -> scope.marsRoot == null ? null : scope.mars().machine());
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("profiles", profiles);
        data.put("rules", rules);
        data.put("unread", unread);
        data.put("proxy", tried.way().text());
        data.put("proxyOf", tried.way().of());
        data.put("proxyError", scope.proxyError);
        data.put("script", machine.map(m -> m.read().get("script")).orElse(null));
        data.put("urls", tried.urls());
        return data;
    }

    private List<Map<String, @Nullable Object>> profiles(List<String> unread) {
        List<Map<String, @Nullable Object>> profiles = new ArrayList<>();
        for (String name : List.of("DomainProfile", "PrivateProfile", "StandardProfile", "PublicProfile")) {
            for (String[] place : new String[][] {{POLICY, "policy"}, {LOCAL, "local"}}) {
                String path = place[0] + "\\" + name;
                if (firewallKey(path, unread).isPresent()) {
                    Map<String, @Nullable Object> profile = new LinkedHashMap<>();
                    profile.put("name", name);
                    profile.put("from", place[1]);
                    profile.put("enabled", scope.registry.number(path, "EnableFirewall"));
                    profile.put("outbound", scope.registry.number(path, "DefaultOutboundAction"));
                    profiles.add(profile);
                }
            }
        }
        return profiles;
    }

    private List<String> rules(List<String> unread) {
        List<String> rules = new ArrayList<>();
        for (String place : List.of(LOCAL, POLICY)) {
            firewallKey(place + "\\FirewallRules", unread)
                    .ifPresent(key -> key.forEach(rule -> {
                        String text = rule.asString("");
                        boolean tcp = !text.contains("|Protocol=") || text.contains("|Protocol=6|");
                        if (tcp
                                && text.contains("|Action=Block|")
                                && text.contains("|Dir=Out|")
                                && text.contains("|Active=TRUE|")) {
                            rules.add(text);
                        }
                    }));
        }
        return rules;
    }

    private Map<String, Target> targets() {
        Map<String, Target> targets = new LinkedHashMap<>();
        scope.request.path("urls").forEach(url -> {
            String host = url.path("host").asString("");
            long port = url.path("port").asLong(443);
            targets.putIfAbsent(
                    host.toLowerCase(Locale.ROOT) + ":" + port,
                    new Target(url.path("name").asString(""), host, port, true, ""));
        });
        scope.endpoints.forEach(host -> targets.putIfAbsent(
                host.toLowerCase(Locale.ROOT) + ":443", new Target("registered", host, 443, true, "")));
        return targets;
    }

    private Optional<JsonNode> firewallKey(String path, List<String> unread) {
        try {
            return scope.registry.key(path);
        } catch (ModelError e) {
            unread.add(path + ": " + e.id());
            return Optional.empty();
        }
    }

    Map<String, @Nullable Object> proxy() {
        ModelProxies.MachineProxy machine = scope.proxies.machine();
        ModelScope.Mars mars = scope.mars();
        Map<String, @Nullable Object> agent = mars.machine() == null ? null : ModelProxies.mars(mars.machine());
        Map<String, ModelNet.Proxy> places = new LinkedHashMap<>();
        String bypass = "";
        ModelProxies.Way own = scope.proxies.product();
        if (own != null && own.proxy() != null) {
            places.put(sameInAnyCase(own.proxy()), own.proxy());
            bypass = scope.proxies.bypass();
        } else if (machine.way() != null && machine.way().proxy() != null) {
            places.put(sameInAnyCase(machine.way().proxy()), machine.way().proxy());
            bypass = machine.read().get("bypass") instanceof String list ? list : "";
        }
        if (agent != null
                && Boolean.TRUE.equals(agent.get("enabled"))
                && agent.get("address") instanceof String address
                && !address.isEmpty()) {
            ModelNet.Proxy other = ModelProxies.parse(address, (String) agent.get("port"));
            places.putIfAbsent(sameInAnyCase(other), other);
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("settings", scope.proxies.settings());
        data.put("setup", scope.proxies.setup());
        data.put("mars", agent);
        data.put("marsError", mars.error());
        data.put("winHttp", machine.winHttp());
        data.put("system", machine.read());
        data.put(
                "answers",
                scope.net.test(
                        places.values().stream()
                                .map(place -> new Target("proxy", place.host(), place.port(), false, ""))
                                .toList(),
                        null));
        String list = bypass;
        data.put(
                "bypassed",
                scope.net.test(
                        scope.endpoints.stream()
                                .filter(host -> ModelProxies.names(list, host))
                                .map(host -> new Target("bypassed", host, 443, false, ""))
                                .toList(),
                        null));
        return data;
    }

    private static String sameInAnyCase(ModelNet.Proxy proxy) {
        return proxy.host().toLowerCase(Locale.ROOT) + ":" + proxy.port();
    }
}
