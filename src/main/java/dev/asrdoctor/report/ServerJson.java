package dev.asrdoctor.report;

import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.inventory.Connection;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Server;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** Servers of an inventory for programs: what a command would use for each, credentials by their names alone. */
public final class ServerJson {
    private ServerJson() {}

    public static void write(Inventory inventory, List<Server> servers, Appendable out) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(JsonReport.pretty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("inventory", inventory.source().toString());
            json.writeArrayPropertyStart("servers");
            for (Server server : servers) {
                writeServer(json, server, inventory.assumedDeployments().contains(server.name()));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.append(SafeJson.of(text.getBuffer())).append('\n');
    }

    private static void writeServer(JsonGenerator json, Server server, boolean assumed) {
        Connection connection = server.connection();
        json.writeStartObject();
        json.writeStringProperty("name", server.name());
        json.writeStringProperty("address", server.address());
        json.writeNumberProperty("port", server.port());
        json.writeStringProperty("transport", word(connection.transport()));
        json.writeStringProperty("authentication", word(connection.authentication()));
        json.writeStringProperty("deployment", server.deployment().id());
        json.writeBooleanProperty("deploymentAssumed", assumed);
        json.writeStringProperty("site", server.site());
        json.writeArrayPropertyStart("groups");
        server.groups().forEach(json::writeString);
        json.writeEndArray();
        json.writeObjectPropertyStart("tags");
        server.tags().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeStringProperty("credential", connection.credential());
        json.writeEndObject();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
