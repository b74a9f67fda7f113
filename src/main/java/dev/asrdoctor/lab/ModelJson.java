package dev.asrdoctor.lab;

import dev.asrdoctor.facts.FactsJson;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A small file of JSON, as ps-scripts/lib/product.ps1 reads it.
 *
 * @param error null, or why it could not be read although it is there
 */
record ModelJson(boolean found, @Nullable String error, JsonNode json) {
    private static final int MOST = 262_144;
    private static final int LONGEST = 300;

    static ModelJson read(ModelScope scope, @Nullable String path) {
        Optional<Machine.LabFile> file =
                path == null ? Optional.empty() : scope.world.machine().file(path);
        if (path == null || file.isEmpty()) {
            return new ModelJson(false, null, MissingNode.getInstance());
        }
        if (file.get().denied()) {
            return new ModelJson(true, "UnauthorizedAccessException", MissingNode.getInstance());
        }
        try {
            JsonNode json = FactsJson.parse(StringUtils.strip(scope.files.text(path, MOST), "\uFEFF"));
            return json.isNull() || json.isMissingNode()
                    ? new ModelJson(true, "not-json", MissingNode.getInstance())
                    : new ModelJson(true, null, json);
        } catch (IllegalArgumentException e) {
            return new ModelJson(true, "not-json", MissingNode.getInstance());
        }
    }

    JsonNode member(String... names) {
        JsonNode at = json;
        for (String name : names) {
            JsonNode within = at;
            at = within.propertyStream()
                    .filter(member -> member.getKey().equalsIgnoreCase(name))
                    .map(java.util.Map.Entry::getValue)
                    .findFirst()
                    .orElse(MissingNode.getInstance());
        }
        return at;
    }

    /** As text, in lower case where it is true or false; nothing where it is an object or a list. */
    @Nullable String text(String... names) {
        JsonNode value = member(names);
        if (value.isBoolean()) {
            return value.asString().toLowerCase(Locale.ROOT);
        }
        return value.isString() ? StringUtils.left(value.asString(), LONGEST) : null;
    }
}
