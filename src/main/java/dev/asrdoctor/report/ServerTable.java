package dev.asrdoctor.report;

import dev.asrdoctor.inventory.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Servers of an inventory for people, in 80 columns: name, deployment and address, and below it site, groups, tags. */
public final class ServerTable {
    private static final int SHORTEST_NAME = 8;
    private static final int LONGEST_NAME = 28;
    private static final int DEPLOYMENT = 20;

    private ServerTable() {}

    public static void write(List<Server> servers, Appendable out) throws IOException {
        int name = servers.stream()
                .mapToInt(server -> Plain.columns(Plain.line(server.name())))
                .max()
                .orElse(0);
        int width = Math.clamp(name, SHORTEST_NAME, LONGEST_NAME);
        for (Server server : servers) {
            out.append(Plain.pad(Plain.line(server.name()), width))
                    .append(' ')
                    .append(Plain.pad(server.deployment().id(), DEPLOYMENT))
                    .append(' ')
                    .append(Plain.cut(Plain.line(endpoint(server)), TextReport.WIDTH - width - DEPLOYMENT - 2))
                    .append('\n');
            for (String line : Plain.wrap(Plain.line(belonging(server)), TextReport.WIDTH - 4)) {
                out.append("    ").append(line).append('\n');
            }
        }
    }

    private static String endpoint(Server server) {
        String address = server.address().contains(":") ? "[" + server.address() + "]" : server.address();
        return address + ":" + server.port() + " "
                + server.connection().transport().word();
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
            parts.add(server.tags().entrySet().stream()
                    .map(tag -> tag.getKey() + "=" + tag.getValue())
                    .collect(Collectors.joining(" ")));
        }
        return String.join(" ", parts);
    }
}
