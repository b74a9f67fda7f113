package dev.asrdoctor.inventory;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Position;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What an inventory of Ansible's says beyond its servers. */
public final class AnsibleSource {
    private static final int NAMES_TOLD = 3;

    private final List<Server> everybody;
    private final Map<String, List<Problem>> refused;
    private final Map<String, Elsewhere> elsewhere;
    private final AnsibleRoster roster;
    private final List<Problem> notes;

    /**
     * A host that is reached otherwise than by WinRM.
     *
     * @param said false where Ansible's default holds
     */
    record Elsewhere(String connection, boolean said, Position at) {
        static String told(Map<String, Elsewhere> hosts) {
            Map<String, List<String>> ways = new LinkedHashMap<>();
            hosts.forEach((name, host) -> ways.computeIfAbsent(
                            host.connection() + (host.said() ? "" : ", since ansible_connection is not set"),
                            way -> new ArrayList<>())
                    .add(name));
            return ways.entrySet().stream()
                    .map(way -> Words.first(way.getValue(), NAMES_TOLD) + " by " + way.getKey())
                    .collect(Collectors.joining("; "));
        }
    }

    AnsibleSource(
            List<Server> everybody,
            Map<String, List<Problem>> refused,
            Map<String, Elsewhere> elsewhere,
            AnsibleRoster roster,
            List<Problem> notes) {
        this.everybody = everybody;
        this.refused = refused;
        this.elsewhere = elsewhere;
        this.roster = roster;
        this.notes = notes;
    }

    /** Every host in the inventory's order, whether asrdoctor can visit it or not. */
    List<Server> everybody() {
        return everybody;
    }

    /** The names of all hosts in the inventory's order. */
    public List<String> hosts() {
        return everybody.stream().map(Server::name).toList();
    }

    AnsibleRoster roster() {
        return roster;
    }

    boolean isElsewhere(String name) {
        return elsewhere.containsKey(name);
    }

    /** What is told and does no harm, each with its place. */
    public List<Problem> notes() {
        return notes;
    }

    /** Everything for which a host cannot be visited, each told once. */
    public List<Problem> refusals() {
        return refusals(refused.keySet());
    }

    /** One line of these hosts that are reached otherwise than by WinRM; empty where there is none. */
    public String elsewhere(Set<String> names) {
        Map<String, Elsewhere> those = new LinkedHashMap<>(elsewhere);
        those.keySet().retainAll(names);
        return those.isEmpty() ? "" : "left out, since Ansible does not reach them by WinRM: " + Elsewhere.told(those);
    }

    /** One line of all hosts that are reached otherwise than by WinRM; empty where there is none. */
    public String elsewhere() {
        return elsewhere(elsewhere.keySet());
    }

    /** @throws ConfigException where one of them cannot be visited */
    void refuse(Set<String> chosen) throws ConfigException {
        List<Problem> problems = refusals(chosen);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private List<Problem> refusals(Set<String> chosen) {
        Map<Problem, List<String>> told = new LinkedHashMap<>();
        refused.forEach((name, problems) -> {
            if (chosen.contains(name)) {
                problems.forEach(problem ->
                        told.computeIfAbsent(problem, p -> new ArrayList<>()).add(name));
            }
        });
        return told.entrySet().stream()
                .map(each -> new Problem(
                        each.getKey().at(),
                        each.getKey().message() + " (for " + Words.first(each.getValue(), NAMES_TOLD) + ")"))
                .toList();
    }
}
