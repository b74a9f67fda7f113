package dev.asrdoctor.report.view;

import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.report.model.Block.Table;
import dev.asrdoctor.report.model.Cell;
import dev.asrdoctor.report.model.Column;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Sheet;
import dev.asrdoctor.text.Plain;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Servers of an inventory: name, deployment and address, and what they belong to. */
public final class ServersView {
    private static final int SHORTEST_NAME = 8;
    private static final int LONGEST_NAME = 28;
    private static final int DEPLOYMENT = 20;

    private ServersView() {}

    public static Document of(List<Server> servers) {
        int name = servers.stream()
                .mapToInt(server -> Plain.columns(Plain.line(server.name())))
                .max()
                .orElse(0);
        List<Column> columns = List.of(
                new Column("server", Math.clamp(name, SHORTEST_NAME, LONGEST_NAME)),
                new Column("deployment", DEPLOYMENT),
                new Column("address"),
                new Column("belongs to", 0, true));
        return new Document(
                        "Inventory of " + Words.count(servers.size(), "server"),
                        List.of(new Table(
                                columns,
                                false,
                                () -> servers.stream().map(ServersView::line).iterator())))
                .with(new Sheet(
                        List.of(
                                "server",
                                "deployment",
                                "address",
                                "port",
                                "transport",
                                "site",
                                "groups",
                                "tags",
                                "credential"),
                        () -> servers.stream().map(ServersView::row).iterator()));
    }

    private static List<Cell> line(Server server) {
        String address = server.address().contains(":") ? "[" + server.address() + "]" : server.address();
        return List.of(
                Cell.of(server.name()),
                Cell.of(server.deployment().id()),
                Cell.of(address + ":" + server.port() + " "
                        + server.connection().transport().word()),
                Cell.of(belonging(server)));
    }

    private static String belonging(Server server) {
        List<String> parts = new ArrayList<>();
        if (server.site() != null) {
            parts.add("site=" + server.site());
        }
        if (!server.groups().isEmpty()) {
            parts.add("groups=" + String.join(",", server.groups()));
        }
        if (!server.tags().isEmpty()) {
            parts.add(tags(server, " "));
        }
        return String.join(" ", parts);
    }

    private static String tags(Server server, String between) {
        return server.tags().entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(between));
    }

    private static List<String> row(Server server) {
        String credential = server.connection().credential();
        return List.of(
                server.name(),
                server.deployment().id(),
                server.address(),
                String.valueOf(server.port()),
                server.connection().transport().word(),
                server.site() == null ? "" : server.site(),
                String.join("; ", server.groups()),
                tags(server, "; "),
                credential == null ? "" : credential);
    }
}
