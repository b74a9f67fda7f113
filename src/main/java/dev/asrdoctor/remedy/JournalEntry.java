package dev.asrdoctor.remedy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the journal remembers. */
public sealed interface JournalEntry {
    Instant at();

    /** Ties an outcome to its intent. */
    String attempt();

    ObjectNode toJson();

    record Intent(Instant at, String attempt, String server, List<String> services) implements JournalEntry {
        @Override
        public ObjectNode toJson() {
            ObjectNode json = begin("intent", this).put("server", server);
            services.forEach(json.putArray("services")::add);
            return json;
        }
    }

    /** @param results verdict and reason by service */
    record Done(Instant at, String attempt, String server, Map<String, String> results) implements JournalEntry {
        @Override
        public ObjectNode toJson() {
            ObjectNode json = begin("outcome", this).put("server", server);
            results.forEach(json.putObject("results")::put);
            return json;
        }
    }

    private static ObjectNode begin(String kind, JournalEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind)
                .put("at", entry.at().toString())
                .put("attempt", entry.attempt());
    }
}
