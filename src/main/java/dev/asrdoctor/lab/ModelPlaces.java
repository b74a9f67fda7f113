package dev.asrdoctor.lab;

import dev.asrdoctor.lab.ModelFiles.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the product of a request keeps what, as ps-scripts/lib/product.ps1 finds it. */
final class ModelPlaces {
    private final JsonNode request;
    private final ModelRegistry registry;

    ModelPlaces(JsonNode request, ModelRegistry registry) {
        this.request = request;
        this.registry = registry;
    }

    /** What is asked of this server: the first product's, or that of the one of which it has a mark. */
    static JsonNode chosen(JsonNode request, World world) {
        ModelRegistry registry = new ModelRegistry(world);
        for (JsonNode other : request.path("others")) {
            if (other.path("marks").valueStream().anyMatch(mark -> isThere(mark, registry, world.machine()))) {
                ObjectNode chosen = ((ObjectNode) request).deepCopy();
                for (String name : List.of("areas", "services", "otherProducts", "product", "urls")) {
                    chosen.set(name, other.path(name));
                }
                other.path("logs").forEachEntry(((ObjectNode) chosen.path("logs"))::set);
                return chosen;
            }
        }
        return request;
    }

    private static boolean isThere(JsonNode mark, ModelRegistry registry, Machine machine) {
        Optional<JsonNode> key = ModelError.optional(
                        () -> registry.key(mark.path("key").asString("")))
                .flatMap(found -> found);
        String value = mark.path("value").asString("");
        if (key.isEmpty() || value.isEmpty()) {
            return key.isPresent();
        }
        String text = ModelRegistry.text(key.get(), value);
        String file = mark.path("file").asString("");
        if (file.isEmpty()) {
            return Strings.CI.equals(text, mark.path("is").asString(""));
        }
        return text != null && machine.file(within(text, file)).isPresent();
    }

    static String within(String folder, String path) {
        return StringUtils.stripEnd(folder, "\\") + "\\" + path;
    }

    /** The first of the keys of that name which is there. */
    Optional<JsonNode> key(String name) {
        for (JsonNode path : request.at("/product/registry/" + name)) {
            Optional<JsonNode> key = registry.key(path.asString(""));
            if (key.isPresent()) {
                return key;
            }
        }
        return Optional.empty();
    }

    /** All of that name, whether they are there or not. */
    List<String> keys(String name) {
        return ModelScope.texts(request.at("/product/registry/" + name));
    }

    @Nullable String text(String key, String value) {
        return key(key).map(found -> ModelRegistry.text(found, value)).orElse(null);
    }

    @Nullable Long number(String key, String value) {
        String text = text(key, value);
        return text != null && text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
    }

    /** Where a root is that the registry does not name. */
    @Nullable String root(String name) {
        return request.at("/product/roots/" + name).asString(null);
    }

    long port(String name) {
        return request.at("/product/ports/" + name).asLong(0);
    }

    /** Nothing where the product has no such file, or where its root was not found. */
    @Nullable String path(String file, Map<String, @Nullable String> roots) {
        JsonNode found = request.at("/product/files/" + file);
        String root = roots.get(found.path("root").asString(""));
        return root == null ? null : within(root, found.path("path").asString(""));
    }

    String section(String file) {
        return request.at("/product/files/" + file + "/section").asString("");
    }

    /** The places of a log whose roots were found. */
    List<Place> logs(String log, Map<String, @Nullable String> roots) {
        List<Place> places = new ArrayList<>();
        for (JsonNode place : request.at("/logs/" + log + "/places")) {
            String root = roots.get(place.path("root").asString(""));
            String folder = place.path("folder").asString("");
            if (root != null) {
                places.add(new Place(
                        folder.isEmpty() ? root : within(root, folder),
                        place.path("files").asString("")));
            }
        }
        return places;
    }
}
