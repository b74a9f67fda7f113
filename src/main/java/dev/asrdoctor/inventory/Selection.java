package dev.asrdoctor.inventory;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which servers a command is about. A pattern is a server's name, a group's name, a glob ({@code ps-*}), or
 * {@code key=value} with a tag's name, {@code site}, {@code deployment} or {@code group} as key and a glob as value.
 * Several patterns add up; {@code !pattern} takes away; {@code &pattern} keeps only what it matches too. No pattern, or
 * only such with {@code !} or {@code &}, start from every server. A limit is what it is in Ansible
 * ({@link AnsiblePatterns}), and keeps of the chosen ones those that it selects.
 */
public final class Selection {
    private Selection() {}

    /**
     * What the user wrote.
     *
     * @param limits at most one, as Ansible would pass over all but the last
     */
    public record Wanted(List<String> patterns, List<String> limits) {}

    /**
     * What that means.
     *
     * @param servers in the inventory's order, at least one
     * @param told one line of those that were chosen and left out; empty where there are none
     */
    public record Chosen(List<Server> servers, String told) {}

    /**
     * The selected servers in the inventory's order.
     *
     * @throws SelectionException when a pattern matches no server at all, or nothing is left: an empty selection never
     *     means "everything"; or when one that is selected cannot be visited
     */
    public static List<Server> select(Inventory inventory, List<String> patterns) throws SelectionException {
        try {
            return choose(inventory, new Wanted(patterns, List.of())).servers();
        } catch (ConfigException e) {
            throw new SelectionException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * @throws SelectionException when a pattern matches nobody at all, or nothing is left
     * @throws ConfigException when a host that is chosen cannot be visited for what its inventory says
     */
    public static Chosen choose(Inventory inventory, Wanted wanted) throws SelectionException, ConfigException {
        List<Server> chosen = byPatterns(inventory, wanted.patterns());
        if (wanted.limits().size() > 1) {
            throw new SelectionException(
                    "-l is given more than once, of which Ansible would take the last one alone; write one: -l '"
                            + String.join(",", wanted.limits()) + "'");
        }
        if (!wanted.limits().isEmpty()) {
            AnsibleRoster roster = inventory.ansible() == null
                    ? AnsibleRoster.of(inventory.servers())
                    : inventory.ansible().roster();
            Set<String> within =
                    new AnsiblePatterns(roster).select(wanted.limits().getFirst());
            chosen = chosen.stream()
                    .filter(server -> within.contains(server.name()))
                    .toList();
        }
        return visitable(inventory, wanted, chosen);
    }

    private static Chosen visitable(Inventory inventory, Wanted wanted, List<Server> chosen)
            throws SelectionException, ConfigException {
        AnsibleSource ansible = inventory.ansible();
        String told = "";
        List<Server> visitable = chosen;
        if (ansible != null) {
            Set<String> names = chosen.stream().map(Server::name).collect(Collectors.toSet());
            ansible.refuse(names);
            told = ansible.elsewhere(names);
            visitable = chosen.stream()
                    .filter(server -> !ansible.isElsewhere(server.name()))
                    .toList();
        }
        if (visitable.isEmpty()) {
            String all = String.join(" ", wanted.patterns())
                    + wanted.limits().stream().map(limit -> " -l " + limit).collect(Collectors.joining());
            throw new SelectionException("the patterns " + all.strip() + " together select no server of "
                    + inventory.source() + (told.isEmpty() ? "" : "; " + told));
        }
        return new Chosen(visitable, told);
    }

    private static List<Server> byPatterns(Inventory inventory, List<String> patterns) throws SelectionException {
        List<Predicate<Server>> adding = new ArrayList<>();
        Predicate<Server> keeping = server -> true;
        for (String written : patterns) {
            char sign = written.isEmpty() ? ' ' : written.charAt(0);
            String pattern = sign == '!' || sign == '&' ? written.substring(1) : written;
            Predicate<Server> matches = matcher(inventory, pattern);
            if (inventory.everybody().stream().noneMatch(matches)) {
                throw new SelectionException("the pattern '" + written + "' matches no server and no group of "
                        + inventory.source() + Suggestion.didYouMean(pattern, names(inventory)) + hint(pattern));
            }
            switch (sign) {
                case '!' -> keeping = keeping.and(matches.negate());
                case '&' -> keeping = keeping.and(matches);
                default -> adding.add(matches);
            }
        }
        Predicate<Server> chosen =
                adding.stream().reduce(Predicate::or).orElse(server -> true).and(keeping);
        return inventory.everybody().stream().filter(chosen).toList();
    }

    private static String hint(String pattern) {
        return pattern.startsWith("~") || pattern.matches(".+[,:\\[].*") || pattern.startsWith("@")
                ? "; patterns as Ansible writes them stand behind -l, here several are apart by blanks"
                : "";
    }

    private static List<String> names(Inventory inventory) {
        List<String> names = new ArrayList<>(groups(inventory));
        inventory.everybody().forEach(server -> names.add(server.name()));
        return names;
    }

    private static Predicate<Server> matcher(Inventory inventory, String pattern) {
        int equals = pattern.indexOf('=');
        if (equals > 0) {
            String key = pattern.substring(0, equals);
            Pattern value = glob(pattern.substring(equals + 1));
            return server ->
                    values(server, key).stream().anyMatch(v -> value.matcher(v).matches());
        }
        if (pattern.equals("all")) {
            return server -> true;
        }
        Pattern glob = glob(pattern);
        Set<String> groups = groups(inventory);
        groups.removeIf(group -> !glob.matcher(group).matches());
        return server -> glob.matcher(server.name()).matches()
                || server.groups().stream().anyMatch(groups::contains);
    }

    private static Set<String> groups(Inventory inventory) {
        TreeSet<String> groups = new TreeSet<>();
        inventory.everybody().forEach(server -> groups.addAll(server.groups()));
        return groups;
    }

    private static List<String> values(Server server, String key) {
        List<String> values = new ArrayList<>();
        switch (key) {
            case "site" -> {
                if (server.site() != null) {
                    values.add(server.site());
                }
            }
            case "deployment" -> values.add(server.deployment().id());
            case "group" -> values.addAll(server.groups());
            default -> {
                String tag = server.tags().get(key);
                if (tag != null) {
                    values.add(tag);
                }
            }
        }
        return values;
    }

    /** {@code *} and {@code ?} as in file names, upper and lower case alike as in Windows names. */
    private static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }
}
