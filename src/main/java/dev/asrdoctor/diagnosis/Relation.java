package dev.asrdoctor.diagnosis;

import java.util.Map;
import java.util.Optional;

/**
 * On which server a condition looks, seen from the server that is diagnosed.
 *
 * @param attribute of {@code same-ATTRIBUTE}, else empty
 */
record Relation(Kind kind, String attribute) {
    enum Kind {
        SELF,
        /** Of a source machine. */
        PROCESS_SERVER,
        /** Of a process server, where the inventory holds it. */
        CONFIGURATION_SERVER,
        /** The source machines of a process server. */
        SOURCES,
        /** The process servers of a configuration server. */
        PROCESS_SERVERS,
        /** Every other server. */
        OTHERS,
        /** Every other server that shares an attribute. */
        SAME
    }

    static final Relation SELF = new Relation(Kind.SELF, "");
    private static final String SAME = "same-";
    static final Map<String, Relation> WORDS = Map.of(
            "process-server", new Relation(Kind.PROCESS_SERVER, ""),
            "configuration-server", new Relation(Kind.CONFIGURATION_SERVER, ""),
            "sources", new Relation(Kind.SOURCES, ""),
            "process-servers", new Relation(Kind.PROCESS_SERVERS, ""),
            "others", new Relation(Kind.OTHERS, ""));

    static Optional<Relation> of(String word) {
        if (word.startsWith(SAME)) {
            String attribute = word.substring(SAME.length());
            return Attributes.NAMES.contains(attribute) || attribute.startsWith("tag:")
                    ? Optional.of(new Relation(Kind.SAME, attribute))
                    : Optional.empty();
        }
        return Optional.ofNullable(WORDS.get(word));
    }

    String words() {
        return switch (kind) {
            case SELF -> "";
            case PROCESS_SERVER -> " on its process server";
            case CONFIGURATION_SERVER -> " on its configuration server";
            case SOURCES -> " on a source machine of it";
            case PROCESS_SERVERS -> " on a process server of it";
            case OTHERS -> " on another server";
            case SAME -> " on another server with the same " + attribute;
        };
    }
}
