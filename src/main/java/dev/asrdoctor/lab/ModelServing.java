package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import dev.asrdoctor.lab.ModelNet.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What ps-scripts/probe/serving.ps1 answers. */
final class ModelServing {
    private static final String LOCAL =
            "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy";
    private static final String POLICY = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";
    private static final List<String> PROFILES =
            List.of("DomainProfile", "PrivateProfile", "StandardProfile", "PublicProfile");
    private static final int LISTENS = 2;
    private static final int MOST_RULES = 200;
    private static final int LONGEST_RULE = 2000;

    private final ModelScope scope;

    ModelServing(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> serving() {
        List<Long> ports = scope.request
                .at("/product/ports")
                .valueStream()
                .map(JsonNode::asLong)
                .toList();
        List<String> unread = new ArrayList<>();
        List<Map<String, @Nullable Object>> profiles = new ArrayList<>();
        for (String name : PROFILES) {
            profile(POLICY, name, "policy", unread).ifPresent(profiles::add);
            profile(LOCAL, name, "local", unread).ifPresent(profiles::add);
        }
        List<String> rules = new ArrayList<>(rules(LOCAL, ports, unread));
        rules.addAll(rules(POLICY, ports, unread));
        List<Target> targets = new ArrayList<>();
        for (String name : List.of("control", "manager")) {
            if (scope.places.port(name) > 0) {
                targets.add(new Target(
                        name, "localhost", scope.places.port(name), true, name.equals("manager") ? "/" : ""));
            }
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("served", scope.net.test(targets, null));
        data.put("listeners", optional(() -> listeners(ports)).orElse(null));
        data.put("profiles", profiles);
        data.put("rules", rules);
        data.put("unread", unread);
        return data;
    }

    private Optional<JsonNode> key(String path, List<String> unread) {
        try {
            return scope.registry.key(path);
        } catch (ModelError e) {
            unread.add(path + ": " + e.id());
            return Optional.empty();
        }
    }

    private Optional<Map<String, @Nullable Object>> profile(
            String root, String name, String from, List<String> unread) {
        return key(root + "\\" + name, unread).map(key -> {
            Map<String, @Nullable Object> profile = new LinkedHashMap<>();
            profile.put("name", name);
            profile.put("from", from);
            profile.put("enabled", number(key, "EnableFirewall"));
            profile.put("inbound", number(key, "DefaultInboundAction"));
            return profile;
        });
    }

    private static @Nullable Long number(JsonNode key, String value) {
        String text = ModelRegistry.text(key, value);
        return text != null && text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
    }

    private List<String> rules(String root, List<Long> ports, List<String> unread) {
        return key(root + "\\FirewallRules", unread).stream()
                .flatMap(JsonNode::valueStream)
                .map(value -> value.asString(""))
                .filter(rule -> (!rule.contains("|Protocol=") || rule.contains("|Protocol=6|"))
                        && rule.contains("|Dir=In|")
                        && rule.contains("|Active=TRUE|")
                        && (!rule.contains("|LPort")
                                || rule.contains("|LPort2_10=")
                                || ports.stream().anyMatch(port -> rule.contains("|LPort=" + port + "|"))))
                .limit(MOST_RULES)
                .map(rule -> StringUtils.left(rule, LONGEST_RULE))
                .toList();
    }

    private List<Map<String, Object>> listeners(List<Long> ports) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (JsonNode connection : scope.cim.instances("MSFT_NetTCPConnection")) {
            long port = connection.path("LocalPort").asLong(0);
            if (connection.path("State").asInt() == LISTENS && ports.contains(port)) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("port", port);
                one.put("process", connection.path("OwningProcess").asLong(0));
                found.add(one);
            }
        }
        return found;
    }
}
