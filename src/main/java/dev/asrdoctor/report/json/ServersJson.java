package dev.asrdoctor.report.json;

import dev.asrdoctor.inventory.Connection;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.report.model.Contract;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Servers of an inventory for programs: what a command would use for each, credentials by their names alone. */
public record ServersJson(Inventory inventory, List<Server> servers) implements Contract {
    @Override
    public void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("inventory", inventory.source().toString());
        json.writeArrayPropertyStart("servers");
        for (Server server : servers) {
            writeServer(json, server, inventory.assumedDeployments().contains(server.name()));
        }
        json.writeEndArray();
        json.writeEndObject();
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
