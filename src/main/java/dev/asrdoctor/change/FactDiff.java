package dev.asrdoctor.change;

import dev.asrdoctor.change.FactTree.Node;
import dev.asrdoctor.facts.Facts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares two sets of facts, each by server; pure, and in time linear to their size. Turned round it finds the same
 * differences the other way round.
 */
public final class FactDiff {
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> notCompared = new ArrayList<>();
    private long values;

    private FactDiff() {}

    public static Comparison compare(Map<String, Reading> before, Map<String, Reading> after) {
        FactDiff diff = new FactDiff();
        for (String server : union(before.keySet(), after.keySet())) {
            diff.server(server, before.get(server), after.get(server));
        }
        diff.differences.sort(Difference.BY_PATH);
        diff.notCompared.sort(String::compareTo);
        return new Comparison(diff.differences.stream().distinct().toList(), diff.notCompared, diff.values);
    }

    private void server(String server, @Nullable Reading before, @Nullable Reading after) {
        if (before instanceof Reading.Read(Facts one) && after instanceof Reading.Read(Facts other)) {
            areas(server, FactTree.areas(one), FactTree.areas(other));
            return;
        }
        String was = text(before);
        String is = text(after);
        if (!java.util.Objects.equals(was, is)) {
            differences.add(new Difference(server, FactTree.escaped(server), was, is));
        }
    }

    private static @Nullable String text(@Nullable Reading reading) {
        return switch (reading) {
            case null -> null;
            case Reading.Read read -> "read";
            case Reading.Unread(String stage, String kind, String message, String advice) -> "not read: " + kind;
        };
    }

    private void areas(String server, Map<String, Node> before, Map<String, Node> after) {
        for (String area : union(before.keySet(), after.keySet())) {
            String path = FactTree.escaped(server) + "/" + area;
            Node was = before.get(area);
            Node is = after.get(area);
            if (was == null || is == null) {
                notCompared.add(path);
            } else {
                node(server, path, was, is);
            }
        }
    }

    private void node(String server, String path, Node before, Node after) {
        if (before instanceof Node.Group one && after instanceof Node.Group other) {
            group(server, path, one, other);
            return;
        }
        if (before instanceof Node.Several || after instanceof Node.Several) {
            several(server, path, nodes(before), nodes(after));
            return;
        }
        values += 2;
        if (before instanceof Node.Value one && after instanceof Node.Value other) {
            if (!one.same(other)) {
                differences.add(new Difference(server, path, one.text(), other.text()));
            }
            return;
        }
        boolean area = path.indexOf('/') == path.lastIndexOf('/');
        differences.add(new Difference(server, path, whole(before, area), whole(after, area)));
    }

    private static List<Node> nodes(Node node) {
        return node instanceof Node.Several(List<Node> nodes) ? nodes : List.of(node);
    }

    /** What both have is the same; the rest is compared in the order of its text. */
    private void several(String server, String path, List<Node> before, List<Node> after) {
        Map<String, Integer> common = new HashMap<>();
        before.forEach(node -> common.merge(node.text(), 1, Integer::sum));
        List<Node> came = new ArrayList<>();
        for (Node node : after) {
            values++;
            if (common.merge(node.text(), -1, Integer::sum) < 0) {
                came.add(node);
            }
        }
        List<Node> went = new ArrayList<>();
        for (Node node : before) {
            values++;
            if (common.merge(node.text(), -1, Integer::sum) >= 0) {
                went.add(node);
            }
        }
        came.sort(Comparator.comparing(Node::text));
        went.sort(Comparator.comparing(Node::text));
        for (int i = 0; i < Math.max(came.size(), went.size()); i++) {
            if (i >= came.size()) {
                differences.add(new Difference(server, path, went.get(i).text(), null));
            } else if (i >= went.size()) {
                differences.add(new Difference(server, path, null, came.get(i).text()));
            } else {
                node(server, path, went.get(i), came.get(i));
            }
        }
    }

    /** A whole area is not told value by value. */
    private static String whole(Node node, boolean area) {
        return area && node instanceof Node.Group ? "read" : node.text();
    }

    private void group(String server, String path, Node.Group before, Node.Group after) {
        String leading = before.leading();
        if (leading != null) {
            int known = differences.size();
            part(server, path, leading, before, after);
            if (differences.size() > known) {
                return;
            }
        }
        for (String name : union(before.parts().keySet(), after.parts().keySet())) {
            if (!name.equals(leading)) {
                part(server, path, name, before, after);
            }
        }
    }

    private void part(String server, String path, String name, Node.Group before, Node.Group after) {
        Node was = before.parts().get(name);
        Node is = after.parts().get(name);
        String inner = path + "/" + name;
        if (was != null && is != null) {
            node(server, inner, was, is);
            return;
        }
        values++;
        if ((was != null || is != null) && !before.onlyCommon()) {
            differences.add(
                    new Difference(server, inner, was == null ? null : was.text(), is == null ? null : is.text()));
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** Every single value of a server, by path. */
    static Map<String, String> values(Facts facts) {
        Map<String, String> values = new LinkedHashMap<>();
        FactTree.areas(facts)
                .forEach((area, node) -> collect(FactTree.escaped(facts.server()) + "/" + area, node, values));
        return values;
    }

    private static void collect(String path, Node node, Map<String, String> values) {
        switch (node) {
            case Node.Value value -> values.put(path, value.text());
            case Node.Group group -> group.parts().forEach((name, part) -> collect(path + "/" + name, part, values));
            case Node.Several several -> several.nodes().forEach(one -> collect(path, one, values));
        }
    }
}
