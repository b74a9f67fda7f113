package dev.asrdoctor.lab;

import dev.asrdoctor.lab.StateFault.Target;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What ps-scripts/lib reads of the registry, from a world whose lock is held; a service has its key there. */
final class ModelRegistry {
    private static final String SERVICES = "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\";

    private final World world;
    private final Machine machine;

    ModelRegistry(World world) {
        this.world = world;
        this.machine = world.machine();
    }

    /** A key's values, or nothing where there is no such key. */
    Optional<JsonNode> key(String path) {
        ModelError.strike(world, Target.REGISTRY);
        Optional<JsonNode> stored = machine.key(path);
        if (stored.isPresent()) {
            if (stored.get().isString()) {
                throw new ModelError(
                        "System.Security.SecurityException,Microsoft.PowerShell.Commands.GetItemPropertyCommand",
                        "Requested registry access is not allowed.");
            }
            return stored;
        }
        return Strings.CI.startsWith(path, SERVICES)
                ? world.find(path.substring(SERVICES.length())).map(ModelRegistry::serviceKey)
                : Optional.empty();
    }

    private static JsonNode serviceKey(SimService service) {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        key.put("Start", service.start);
        if (service.delayed) {
            key.put("DelayedAutostart", 1);
        }
        return key;
    }

    boolean hasService(String name) {
        return ModelError.optional(() -> key(SERVICES + name))
                .flatMap(key -> key)
                .isPresent();
    }

    /** Installed and not disabled; a key that may not be read is there. */
    boolean isUsedService(String name) {
        try {
            return key(SERVICES + name).isPresent() && !"disabled".equals(startType(name));
        } catch (ModelError e) {
            if (e.id().startsWith("System.Security.SecurityException")
                    || e.id().startsWith("System.UnauthorizedAccessException")) {
                return true;
            }
            throw e;
        }
    }

    /** Names of the keys right below one; none where there is no such key. */
    List<String> subKeys(String path) {
        ModelError.strike(world, Target.REGISTRY);
        return machine.subKeys(path);
    }

    @Nullable String startType(String name) {
        JsonNode key =
                ModelError.optional(() -> key(SERVICES + name)).flatMap(k -> k).orElse(null);
        if (key == null) {
            return null;
        }
        return switch (key.path("Start").asInt(-1)) {
            case 0 -> "boot";
            case 1 -> "system";
            case 2 -> key.path("DelayedAutostart").asInt(0) == 1 ? "automatic-delayed" : "automatic";
            case 3 -> "manual";
            case 4 -> "disabled";
            default -> null;
        };
    }

    @Nullable String text(String path, String value) {
        return key(path).map(key -> text(key, value)).orElse(null);
    }

    static @Nullable String text(JsonNode key, String value) {
        JsonNode found = key.propertyStream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(value))
                .map(java.util.Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (found == null || found.isNull()) {
            return null;
        }
        return found.isObject() ? found.path("binary").asString("") : found.asString("");
    }

    @Nullable Long number(String path, String value) {
        String text = text(path, value);
        return text != null && text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
    }

    List<String> valueNames(String path) {
        return key(path).map(key -> key.propertyNames().stream().toList()).orElse(List.of());
    }
}
