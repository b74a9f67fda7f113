package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which servers a command is about. A pattern is a server's name, a group's name, a glob ({@code ps-*}), or
 * {@code key=value} with a tag's name, {@code site}, {@code deployment} or {@code group} as key and a glob as value.
 * Several patterns add up; {@code !pattern} takes away; {@code &pattern} keeps only what it matches too. No pattern, or
 * only such with {@code !} or {@code &}, start from every server.
 */
public final class Selection {
    private Selection() {}

    /**
     * The selected servers in the inventory's order.
     *
     * @throws SelectionException when a pattern matches no server at all, or nothing is left: an empty selection never
     *     means "everything"
     */
    public static List<Server> select(Inventory inventory, List<String> patterns) throws SelectionException {
        List<Predicate<Server>> adding = new ArrayList<>();
        Predicate<Server> keeping = server -> true;
        for (String written : patterns) {
            char sign = written.isEmpty() ? ' ' : written.charAt(0);
            String pattern = sign == '!' || sign == '&' ? written.substring(1) : written;
            Predicate<Server> matches = matcher(inventory, pattern);
            if (inventory.servers().stream().noneMatch(matches)) {
                throw new SelectionException("the pattern '" + written + "' matches no server and no group of "
                        + inventory.source() + Suggestion.didYouMean(pattern, names(inventory)));
            }
            switch (sign) {
                case '!' -> keeping = keeping.and(matches.negate());
                case '&' -> keeping = keeping.and(matches);
                default -> adding.add(matches);
            }
        }
        Predicate<Server> chosen =
                adding.stream().reduce(Predicate::or).orElse(server -> true).and(keeping);
        List<Server> selected = inventory.servers().stream().filter(chosen).toList();
        if (selected.isEmpty()) {
            throw new SelectionException("the patterns " + String.join(" ", patterns) + " together select no server of "
                    + inventory.source());
        }
        return selected;
    }

    private static List<String> names(Inventory inventory) {
        List<String> names = new ArrayList<>(inventory.groups());
        inventory.servers().forEach(server -> names.add(server.name()));
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
        TreeSet<String> groups = new TreeSet<>(inventory.groups());
        groups.removeIf(group -> !glob.matcher(group).matches());
        return server -> glob.matcher(server.name()).matches()
                || server.groups().stream().anyMatch(groups::contains);
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
