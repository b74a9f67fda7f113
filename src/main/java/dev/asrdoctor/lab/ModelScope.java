package dev.asrdoctor.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the areas of one answer share: the world, and what the area of the product has found for those after it. */
final class ModelScope {
    private static final Pattern CONF_LINE = Pattern.compile("^\\s*(\\w+)\\s*=\\s*\"?([^\"\\r]*?)\"?\\s*$");

    final World world;
    final JsonNode request;
    final ModelLasts lasts;
    final ModelRegistry registry;
    final ModelPlaces places;
    final ModelCim cim;
    final ModelNet net;
    final ModelFiles files;
    final long window;
    final ModelProxies proxies;
    final List<String> endpoints = new ArrayList<>();

    @Nullable String serverRoot;

    @Nullable String agentRoot;

    @Nullable String marsRoot;

    @Nullable String cacheRoot;

    @Nullable List<String> joinedTo;

    @Nullable String csAddress;

    @Nullable Long csPort;

    @Nullable String ownAddress;

    @Nullable String proxyError;

    ModelScope(World world, JsonNode request, ModelLasts lasts) {
        this.lasts = lasts;
        this.world = world;
        this.request = request;
        this.registry = new ModelRegistry(world);
        this.places = new ModelPlaces(request, registry);
        this.cim = new ModelCim(world, lasts);
        this.net = new ModelNet(world);
        this.files = new ModelFiles(world.machine());
        this.proxies = new ModelProxies(registry, places);
        this.window = request.path("sampleMillis").asLong(0);
    }

    Map<String, String> conf(String path, Set<String> names, String section) {
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        boolean inside = section.isEmpty();
        for (String line : files.text(path, 262_144).split("\n")) {
            Matcher heading = Pattern.compile("^\\s*\\[([^\\]]*)]").matcher(line);
            Matcher value = CONF_LINE.matcher(line);
            if (heading.find()) {
                inside = section.isEmpty() || heading.group(1).strip().equalsIgnoreCase(section);
            } else if (inside && value.matches() && names.stream().anyMatch(value.group(1)::equalsIgnoreCase)) {
                values.put(value.group(1), value.group(2));
            }
        }
        return values;
    }

    /** The roots that were found, by name. */
    Map<String, @Nullable String> roots() {
        Map<String, @Nullable String> roots = new HashMap<>();
        roots.put("serverRoot", serverRoot);
        roots.put("agentRoot", agentRoot);
        roots.put("marsRoot", marsRoot);
        roots.put("dataRoot", places.root("dataRoot"));
        roots.put("cacheRoot", cacheRoot);
        return roots;
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asString("")));
        return texts;
    }

    int logBytes() {
        return request.path("logBytes").asInt(65_536);
    }

    boolean onSource() {
        return serverRoot == null && agentRoot != null;
    }

    /** The MARS agent's settings, or the error of its cmdlet; neither where no agent is installed. */
    record Mars(@Nullable JsonNode machine, @Nullable String error) {}

    Mars mars() {
        JsonNode mars = world.machine().part("mars");
        if (marsRoot == null) {
            return new Mars(null, null);
        }
        if (!mars.isObject()) {
            return new Mars(null, "Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand");
        }
        return mars.has("error")
                ? new Mars(
                        null,
                        mars.path("error").asString("")
                                + ",Microsoft.Internal.CloudBackup.Commands.GetOBMachineSettingCommand")
                : new Mars(mars, null);
    }
}
