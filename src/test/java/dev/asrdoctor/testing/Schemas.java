package dev.asrdoctor.testing;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The project's JSON schemas, asked by a validator that knows nothing of the project. */
public final class Schemas {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Schemas() {}

    /** @param path within the project */
    public static JsonNode json(String path) throws IOException {
        return new JsonMapper().readTree(Files.readString(Peers.project(path)));
    }

    /** What the schema finds wrong with a file in YAML; nothing when it agrees. */
    public static List<String> complaints(String schemaPath, Path yaml) throws IOException {
        Schema schema = REGISTRY.getSchema(json(schemaPath));
        return schema.validate(Files.readString(yaml), InputFormat.YAML).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
