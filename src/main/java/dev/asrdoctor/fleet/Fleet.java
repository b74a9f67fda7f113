package dev.asrdoctor.fleet;

import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.RunPolicy;
import java.util.List;
import java.util.Set;

/**
 * What a command works on.
 *
 * @param inventory all that is known, which the chosen servers are judged beside
 * @param servers those that were chosen
 * @param limits how hard the run may push
 */
public record Fleet(Inventory inventory, List<Server> servers, Policy policy, RunPolicy limits) {
    public Fleet {
        servers = List.copyOf(servers);
    }

    public Fleet with(List<Server> chosen) {
        return new Fleet(inventory, chosen, policy, limits);
    }

    public Fleet with(Policy other) {
        return new Fleet(inventory, servers, other, limits);
    }

    /** Those of the chosen servers that have one of the names. */
    public Fleet named(Set<String> names) {
        return with(
                servers.stream().filter(server -> names.contains(server.name())).toList());
    }

    /** Visited so many at a time, or fewer where the run's own limit is lower. */
    public Fleet atMostAtOnce(int servers) {
        return new Fleet(inventory, this.servers, policy, limits.atMostAtOnce(servers));
    }
}
