package dev.asrdoctor.remedy;

import java.time.Instant;
import java.util.LinkedHashMap;
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

    /**
     * @param services what the journal counts the steps by
     * @param takes restarts that let a service take what another step sets: the process to be replaced, by service
     * @param undo how a person takes back what can be taken back, by step
     */
    record Intent(
            Instant at,
            String attempt,
            String server,
            List<String> services,
            Map<String, String> takes,
            Map<String, String> undo)
            implements JournalEntry {
        /** Of steps that no other step rests on. */
        public Intent(Instant at, String attempt, String server, List<String> services, Map<String, String> undo) {
            this(at, attempt, server, services, Map.of(), undo);
        }

        public static Intent of(Instant at, String attempt, ServerPlan plan) {
            Map<String, String> takes = new LinkedHashMap<>();
            Map<String, String> undo = new LinkedHashMap<>();
            for (Step step : plan.steps()) {
                String process = step.from();
                if (step.action() == Step.Action.RESTART && step.needs() != null && process != null && !step.whatIf()) {
                    takes.put(step.key(), process);
                }
                String how = step.undo();
                if (how != null && !step.whatIf()) {
                    undo.put(step.key(), how);
                }
            }
            return new Intent(at, attempt, plan.server().name(), plan.keys(), takes, undo);
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = begin("intent", this).put("server", server);
            services.forEach(json.putArray("services")::add);
            if (!takes.isEmpty()) {
                takes.forEach(json.putObject("takes")::put);
            }
            if (!undo.isEmpty()) {
                undo.forEach(json.putObject("undo")::put);
            }
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

    /**
     * What a second look changed of an attempt that has ended.
     *
     * @param results verdict and reason by service
     */
    record Looked(Instant at, String attempt, String server, Map<String, String> results) implements JournalEntry {
        @Override
        public ObjectNode toJson() {
            ObjectNode json = begin("second-look", this).put("server", server);
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
