package dev.asrdoctor.inventory;

import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Product;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server whose deployment has been found out, where anything tells it: a type of its own, so that nobody compares the
 * inventory's word {@code auto} with what a server was found to be.
 *
 * @param said the server as the inventory has it
 * @param found what it was found to be; null where neither the inventory nor the server tells
 */
public record ResolvedServer(Server said, @Nullable Deployment found) {
    public ResolvedServer {
        if (found == Deployment.AUTO) {
            throw new IllegalArgumentException("a server is never found to be of the deployment auto");
        }
    }

    /** By the inventory's word alone, as for a server that was not read. */
    public static ResolvedServer asSaid(Server server) {
        return new ResolvedServer(server, server.deployment() == Deployment.AUTO ? null : server.deployment());
    }

    public String name() {
        return said.name();
    }

    /** Host name or IP address to connect to. */
    public String address() {
        return said.address();
    }

    public int port() {
        return said.port();
    }

    public @Nullable String site() {
        return said.site();
    }

    public Replication role() {
        return said.role();
    }

    /** Of what it was found to be; where nothing tells, the one about which servers are asked then. */
    public Product product() {
        return deployment().product();
    }

    /** For reports: {@code auto} where nothing tells. */
    public Deployment deployment() {
        return found == null ? Deployment.AUTO : found;
    }

    public boolean isA(Deployment deployment) {
        return found == deployment;
    }

    public Optional<Deployment> known() {
        return Optional.ofNullable(found);
    }

    /** For whoever asks it again: what it was found to be need not be found out another time. */
    public Server toAskAgain() {
        return found == null ? said : said.withDeployment(found);
    }
}
