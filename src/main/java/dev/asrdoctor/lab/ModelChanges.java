package dev.asrdoctor.lab;

import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What remedies change beside running services: start types, the clock, proxies, exclusions. */
final class ModelChanges {
    private static final String PROXY_SETTINGS = "HKLM:\\SOFTWARE\\Microsoft\\Azure Site Recovery\\ProxySettings";
    private static final String MARS_SETUP = "HKLM:\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup";
    private static final String PREFERENCE = "MSFT_MpPreference";
    static final String TOOLS = "C:\\Windows\\System32\\";

    private final World world;
    private final boolean whatIf;

    ModelChanges(World world, boolean whatIf) {
        this.world = world;
        this.whatIf = whatIf;
    }

    Map<String, Object> startType(Map<String, Object> result, String name, String from, String to) {
        SimService service = world.locked(w -> w.find(name)).orElse(null);
        if (service == null) {
            return result;
        }
        String was = world.fault(StateFault.Target.REGISTRY).isPresent() ? null : ModelServices.startType(service);
        result.put("before", was);
        result.put("after", was);
        if (to.equals(was)) {
            result.put("outcome", "already-set");
        } else if ("disabled".equals(was)) {
            result.put("outcome", "refused-disabled");
        } else if (!from.equals(was)) {
            result.put("outcome", "moved-on");
        } else if (whatIf) {
            result.put("outcome", "would-set");
        } else {
            long code = exitCode("sc.exe");
            if (code == 0) {
                world.locked(w -> {
                    service.start = to.equals("manual") ? 3 : 2;
                    service.delayed = to.equals(Words.word(StartType.AUTOMATIC_DELAYED));
                    return w;
                });
                result.put("after", to);
                result.put("outcome", "set");
            } else {
                result.put("outcome", "set-failed");
                result.put("win32Error", code);
            }
        }
        return result;
    }

    void resync(Map<String, Object> result) {
        long code = exitCode("w32tm.exe");
        result.put("outcome", code == 0 ? "asked" : "resync-failed");
        if (code == 0) {
            world.locked(w -> {
                w.setClock(Duration.ZERO);
                return w;
            });
        } else {
            result.put("exitCode", code);
        }
    }

    private long exitCode(String program) {
        return world.machine()
                .part("programs")
                .path(TOOLS + program)
                .path("exitCode")
                .asLong(0);
    }

    Map<String, Object> marsProxy(Map<String, Object> result, String from, String to) {
        if (world.machine().key(MARS_SETUP).isEmpty()) {
            return result;
        }
        JsonNode mars = world.machine().part("mars");
        if (!mars.isObject() || mars.path("error").isString()) {
            result.put("outcome", "set-failed");
            result.put("message", mars.isObject() ? "The operation failed." : "The specified module was not loaded.");
            return result;
        }
        JsonNode setting = mars.path("ProxySetting");
        String was = setting.path("Enabled").asBoolean(false)
                ? text(setting.path("ProxyServer"), setting.path("ProxyPort"))
                : "none";
        if (decided(result, was, proxyUser(setting), from, to)) {
            return result;
        }
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        ObjectNode proxy = change.putObject("mars").putObject("ProxySetting");
        proxy.put("Enabled", !to.equals("none"));
        if (!to.equals("none")) {
            String[] parts = to.split(" ");
            proxy.put("ProxyServer", parts[0]).put("ProxyPort", Integer.parseInt(parts[1]));
        }
        return changed(result, change, to);
    }

    Map<String, Object> productProxy(Map<String, Object> result, String from, String to) {
        JsonNode key = world.machine().key(PROXY_SETTINGS).orElse(null);
        if (key == null) {
            return result;
        }
        String was = key.path("BypassDefault").asString("").equals("True")
                ? "none"
                : text(key.path("ProxyAddress"), key.path("ProxyPort"));
        if (decided(result, was, key.path("ProxyUserName").asString(""), from, to)) {
            return result;
        }
        String[] parts = to.split(" ");
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("registry")
                .putObject(PROXY_SETTINGS)
                .put("ProxyAddress", parts[0])
                .put("ProxyPort", parts[1])
                .put("BypassDefault", "False");
        return changed(result, change, to);
    }

    /** Null for nobody's. */
    static @Nullable String proxyUser(JsonNode setting) {
        return setting.properties().stream()
                .filter(property -> property.getKey().toLowerCase(Locale.ROOT).contains("user")
                        && !property.getValue().asString("").isBlank())
                .map(property -> property.getValue().asString().strip())
                .findFirst()
                .orElse(null);
    }

    private boolean decided(Map<String, Object> result, String was, @Nullable String user, String from, String to) {
        result.put("before", was);
        result.put("after", was);
        String whose = user == null ? "" : user.strip();
        String outcome = was.equals(to)
                ? "already-set"
                : !was.equals(from) ? "moved-on" : !whose.isEmpty() ? "credentials" : whatIf ? "would-set" : "set";
        result.put("outcome", outcome);
        if (outcome.equals("credentials")) {
            result.put("message", whose);
        }
        return !outcome.equals("set");
    }

    private Map<String, Object> changed(Map<String, Object> result, ObjectNode change, String after) {
        world.locked(w -> {
            w.change(change);
            return w;
        });
        result.put("after", after);
        return result;
    }

    private static String text(JsonNode address, JsonNode port) {
        String host = address.asString("").strip();
        return host.isEmpty() ? "none" : (host + " " + port.asString("").strip()).strip();
    }

    Map<String, Object> exclude(Map<String, Object> result, String folders) {
        JsonNode preference =
                world.machine().instances(PREFERENCE).map(list -> list.path(0)).orElse(null);
        if (preference == null || world.fault(StateFault.Target.CIM).isPresent()) {
            result.put("outcome", "set-failed");
            result.put("message", "Invalid class");
            return result;
        }
        List<String> excluded = new ArrayList<>();
        preference.path("ExclusionPath").forEach(path -> excluded.add(path.asString("")));
        result.put("before", Integer.toString(excluded.size()));
        result.put("after", result.get("before"));
        List<String> missing = List.of(folders.split("\\|")).stream()
                .filter(folder -> excluded.stream().noneMatch(folder::equalsIgnoreCase))
                .toList();
        if (missing.isEmpty()) {
            result.put("outcome", "already-set");
            return result;
        }
        if (whatIf) {
            result.put("outcome", "would-set");
            return result;
        }
        result.put("outcome", "set");
        if (world.machine().part("defender").path("tamperProtected").asBoolean(false)) {
            return result;
        }
        ObjectNode changed = (ObjectNode) preference.deepCopy();
        ArrayNode paths = changed.putArray("ExclusionPath");
        excluded.forEach(paths::add);
        missing.forEach(paths::add);
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("cim").putArray(PREFERENCE).add(changed);
        return changed(result, change, Integer.toString(excluded.size() + missing.size()));
    }
}
