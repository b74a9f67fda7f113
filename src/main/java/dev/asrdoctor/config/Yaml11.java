package dev.asrdoctor.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What YAML 1.1, which Ansible reads, makes of a value that YAML 1.2 reads otherwise: {@code yes} and {@code NULL},
 * octal and sexagesimal numbers, names merged with {@code <<}, and the last of two equal names (yaml.org/type).
 */
public final class Yaml11 {
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern TRUTH =
            Pattern.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
    private static final Pattern WHOLE = Pattern.compile("[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)"
            + "|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final Pattern FRACTION = Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
            + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
            + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d"
            + "|\\d{4}-\\d\\d?-\\d\\d?(?:[Tt]|[ \\t]+)\\d\\d?:\\d\\d:\\d\\d(?:\\.\\d*)?"
            + "(?:[ \\t]*(?:Z|[-+]\\d\\d?(?::\\d\\d)?))?");
    private static final List<Tag> USUAL = List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

    private static final ScalarNode NONE = new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);

    /** What a scalar is. */
    public enum Kind {
        NOTHING,
        TEXT,
        /** A number or a truth; its text is the one that Python gives it. */
        TYPED,
        /** Text with the tag {@code !unsafe}: never a template. */
        UNSAFE,
        /** Encrypted by ansible-vault. */
        VAULTED,
        /** A time, a number whose text only Python knows, or a tag of others; its text is how it is written. */
        ODD
    }

    public record Scalar(Kind kind, String text) {}

    /**
     * A name with its value.
     *
     * @param isText the name is a text, and not a number or another thing that YAML knows
     */
    public record Pair(String name, boolean isText, Position at, Value value) {}

    private Yaml11() {}

    /** @throws IllegalArgumentException for a table or a list */
    public static Scalar scalar(Value value) {
        if (value.node() instanceof ScalarNode node) {
            return scalar(node);
        }
        throw new IllegalArgumentException("no scalar");
    }

    public static boolean isScalar(Value value) {
        return value.node() instanceof ScalarNode;
    }

    public static boolean isNothing(Value value) {
        return value.node() instanceof ScalarNode node && scalar(node).kind() == Kind.NOTHING;
    }

    /** A name that has no value, where a table was expected. */
    public static Pair named(String name, Value at) {
        return new Pair(name, true, at.at(), at.of(NONE));
    }

    /** A table's names with what is merged into it; nothing for whatever is no table. */
    public static List<Pair> pairs(Value value) {
        return value.node() instanceof MappingNode node && !node.isRecursive()
                ? List.copyOf(flat(node, value, new IdentityHashMap<>()).values())
                : List.of();
    }

    private static Map<String, Pair> flat(MappingNode node, Value in, Map<Node, Map<String, Pair>> known) {
        Map<String, Pair> done = known.get(node);
        if (done != null) {
            return done;
        }
        Map<String, Pair> pairs = new LinkedHashMap<>();
        known.put(node, pairs);
        for (NodeTuple tuple : node.getValue()) {
            if (isMerge(tuple.getKeyNode())) {
                merged(tuple.getValueNode()).forEach(other -> pairs.putAll(flat(other, in, known)));
            }
        }
        for (NodeTuple tuple : node.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && !isMerge(key)) {
                Scalar name = scalar(key);
                Value value = in.of(tuple.getValueNode());
                pairs.put(
                        name.text(),
                        new Pair(
                                name.text(),
                                name.kind() == Kind.TEXT,
                                in.of(key).at(),
                                value));
            }
        }
        return pairs;
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getValue().equals("<<");
    }

    /** Later ones win, so the first of a list comes last. */
    private static List<MappingNode> merged(Node node) {
        List<MappingNode> tables = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            tables.add(mapping);
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> {
                if (item instanceof MappingNode mapping) {
                    tables.addFirst(mapping);
                }
            });
        }
        return tables;
    }

    private static Scalar scalar(ScalarNode node) {
        String text = node.getValue();
        String tag = node.getTag().getValue();
        if (tag.equals("!vault") || tag.equals("!vault-encrypted")) {
            return new Scalar(Kind.VAULTED, "");
        }
        if (tag.equals("!unsafe")) {
            return new Scalar(Kind.UNSAFE, text);
        }
        if (!USUAL.contains(node.getTag())) {
            return new Scalar(Kind.ODD, text);
        }
        return node.getScalarStyle() == ScalarStyle.PLAIN ? plain(text) : new Scalar(Kind.TEXT, text);
    }

    private static Scalar plain(String text) {
        if (NOTHING.matcher(text).matches()) {
            return new Scalar(Kind.NOTHING, "");
        }
        if (TRUTH.matcher(text).matches()) {
            boolean yes = List.of("yes", "true", "on").contains(text.toLowerCase(Locale.ROOT));
            return new Scalar(Kind.TYPED, yes ? "True" : "False");
        }
        if (WHOLE.matcher(text).matches()) {
            return whole(text);
        }
        if (FRACTION.matcher(text).matches()) {
            String python = PythonNumbers.fraction(text.replace("_", ""));
            return python.isEmpty() ? new Scalar(Kind.ODD, text) : new Scalar(Kind.TYPED, python);
        }
        return new Scalar(TIME.matcher(text).matches() || text.equals("=") ? Kind.ODD : Kind.TEXT, text);
    }

    private static Scalar whole(String text) {
        String digits = text.replace("_", "").replaceFirst("^[-+]", "");
        BigInteger number = BigInteger.ZERO;
        try {
            if (digits.contains(":")) {
                for (String part : digits.split(":")) {
                    number = number.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
                }
            } else if (digits.startsWith("0b")) {
                number = new BigInteger(digits.substring(2), 2);
            } else if (digits.startsWith("0x")) {
                number = new BigInteger(digits.substring(2), 16);
            } else {
                number = new BigInteger(digits, digits.startsWith("0") ? 8 : 10);
            }
        } catch (NumberFormatException e) {
            return new Scalar(Kind.ODD, text);
        }
        return new Scalar(Kind.TYPED, (text.startsWith("-") ? number.negate() : number).toString());
    }
}
