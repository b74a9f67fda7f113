package dev.asrdoctor.lab;

import dev.asrdoctor.file.Access;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.inventory.Connection.Authentication;
import dev.asrdoctor.inventory.Connection.Transport;
import dev.asrdoctor.product.Deployment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the inventory of a running lab. */
final class LabInventory {
    private LabInventory() {}

    static void write(Path file, List<Lab.Reachable> servers, String password, String authorityPem) throws IOException {
        Path inventory = file.toAbsolutePath();
        Path folder = inventory.getParent();
        if (folder != null) {
            Durable.makeFolder(folder);
        }
        String name = String.valueOf(inventory.getFileName());
        Path secret = inventory.resolveSibling(name + ".password");
        Path authority = inventory.resolveSibling(name + ".ca.pem");
        Durable.write(secret, password + "\n", Access.PRIVATE);
        Durable.write(authority, authorityPem, Access.USUAL);
        // Whoever waits for the file finds it whole.
        Durable.write(inventory, yaml(servers, secret, authority), Access.USUAL);
    }

    private static String yaml(List<Lab.Reachable> servers, Path secret, Path authority) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("# The simulated servers of a running lab; they are gone when it ends.\n");
        yaml.append("version: 1\n\ncredentials:\n  lab:\n    user: ")
                .append(quoted(Lab.DOMAIN + "\\" + Lab.USER))
                .append("\n    password: ")
                .append(source(secret))
                .append("\n\nsettings:\n  credential: lab\n  tls: { caFile: ")
                .append(quoted(String.valueOf(authority.getFileName())))
                .append(" }\n\nservers:\n");
        servers.forEach(reachable -> server(yaml, reachable, servers));
        return yaml.toString();
    }

    private static void server(StringBuilder yaml, Lab.Reachable reachable, List<Lab.Reachable> servers) {
        SimServer server = reachable.server();
        yaml.append("  ")
                .append(quoted(server.name()))
                .append(": { address: ")
                // By a name, so that it counts in which subnet the server itself says that it is.
                .append(server.address() == null ? "127.0.0.1" : "localhost")
                .append(", port: ")
                .append(reachable.port())
                .append(", deployment: ")
                .append(deployment(server).id())
                .append(", transport: ")
                .append(server.transport() == Transport.HTTPS ? "https" : "http");
        if (server.authentication() == Authentication.BASIC) {
            yaml.append(", authentication: ")
                    .append(server.authentication().name().toLowerCase(Locale.ROOT));
        }
        SimServer.SimInventory inventory = server.inventory();
        boolean served = servers.stream()
                .anyMatch(
                        other -> server.name().equals(other.server().inventory().processServer()));
        field(
                yaml,
                "dataAddress",
                inventory.dataAddress() == null && served ? Machines.address(server.name()) : inventory.dataAddress());
        field(yaml, "processServer", inventory.processServer());
        field(yaml, "machines", inventory.machines());
        field(yaml, "churn", inventory.churn());
        field(yaml, "cloud", inventory.cloud());
        if (server.site() != null) {
            yaml.append(", site: ").append(quoted(server.site()));
        }
        if (!server.tags().isEmpty()) {
            yaml.append(", tags: {");
            server.tags()
                    .forEach((tag, value) -> yaml.append(' ')
                            .append(quoted(tag))
                            .append(": ")
                            .append(quoted(value))
                            .append(','));
            yaml.setLength(yaml.length() - 1);
            yaml.append(" }");
        }
        yaml.append(" }\n");
    }

    private static Deployment deployment(SimServer server) {
        Deployment said = server.inventory().deployment();
        return said == null ? server.deployment() : said;
    }

    private static void field(StringBuilder yaml, String name, @Nullable String value) {
        if (value != null) {
            yaml.append(", ").append(name).append(": ").append(value.matches("\\d+") ? value : quoted(value));
        }
    }

    private static String source(Path secret) {
        return File.separatorChar == '/'
                ? "{ command: [cat, " + quoted(secret.toString()) + "] }"
                : "{ command: [cmd.exe, /d, /c, type, " + quoted(secret.toString()) + "] }";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
