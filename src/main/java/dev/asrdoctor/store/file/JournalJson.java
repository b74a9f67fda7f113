package dev.asrdoctor.store.file;

import dev.asrdoctor.store.JournalEntry;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A journal's entry as the line that stands in the file, without its place in the chain. */
final class JournalJson {
    private JournalJson() {}

    static ObjectNode of(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Intent intent -> intent(intent);
            case JournalEntry.Done done -> results("outcome", done, done.results());
            case JournalEntry.Looked looked -> results("second-look", looked, looked.results());
        };
    }

    private static ObjectNode intent(JournalEntry.Intent intent) {
        ObjectNode json = begin("intent", intent);
        intent.services().forEach(json.putArray("services")::add);
        if (!intent.takes().isEmpty()) {
            intent.takes().forEach(json.putObject("takes")::put);
        }
        if (!intent.undo().isEmpty()) {
            intent.undo().forEach(json.putObject("undo")::put);
        }
        return json;
    }

    private static ObjectNode results(String kind, JournalEntry entry, Map<String, String> results) {
        ObjectNode json = begin(kind, entry);
        results.forEach(json.putObject("results")::put);
        return json;
    }

    private static ObjectNode begin(String kind, JournalEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind)
                .put("at", entry.at().toString())
                .put("attempt", entry.attempt())
                .put("server", entry.server());
    }
}
