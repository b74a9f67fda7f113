package dev.asrdoctor.inventory;

import dev.asrdoctor.product.Deployment;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * One server of the inventory with everything inherited from its groups filled in.
 *
 * @param name unique in the inventory, the name in every report
 * @param address host name or IP address to connect to
 * @param site where it stands, if the inventory says so
 * @param role what the inventory says of replication
 * @param groups every group that holds it, outermost first
 */
public record Server(
        String name,
        String address,
        int port,
        Deployment deployment,
        @Nullable String site,
        Replication role,
        SequencedSet<String> groups,
        Map<String, String> tags,
        Connection connection) {

    public Server with(Connection other) {
        return new Server(name, address, port, deployment, site, role, groups, tags, other);
    }

    public Server withDeployment(Deployment other) {
        return new Server(name, address, port, other, site, role, groups, tags, connection);
    }
}
