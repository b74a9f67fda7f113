package dev.asrdoctor.cli.inventory;

import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.Waiver;
import dev.asrdoctor.remedy.RailLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is well-formed by itself, and wrong where an inventory's servers and a policy are seen together. */
final class CrossChecks {
    private CrossChecks() {}

    /** A line for each. */
    static List<String> of(Inventory inventory, Policy policy) {
        List<String> wrong = new ArrayList<>(sharedAddresses(inventory.servers()));
        Set<String> known = inventory.servers().stream().map(Server::name).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (String together : policy.get(RailLimits.NOT_TOGETHER)) {
            for (String name : together.strip().split("\\s+")) {
                if (!known.contains(name)) {
                    missing.add(name);
                }
            }
        }
        missing.forEach(name -> wrong.add("guardRails.notTogether names " + name
                + ", which the inventory does not have; a name that is misspelt protects nobody"));
        for (Waiver waiver : policy.waivers()) {
            if (inventory.servers().stream().noneMatch(waiver::covers)) {
                wrong.add("the waiver of " + waiver.check() + " for '" + waiver.servers()
                        + "' names no server of the inventory");
            }
        }
        return wrong;
    }

    /** One machine under two names would be healed twice, and counted twice. */
    private static List<String> sharedAddresses(List<Server> servers) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (Server server : servers) {
            if (server.connection().transport().needsCredential()) {
                names.computeIfAbsent(
                                server.address().toLowerCase(Locale.ROOT) + " port " + server.port(),
                                address -> new ArrayList<>())
                        .add(server.name());
            }
        }
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> String.join(" and ", entry.getValue()) + " have one address, " + entry.getKey()
                        + ": a machine under two names is counted, and healed, twice")
                .toList();
    }
}
