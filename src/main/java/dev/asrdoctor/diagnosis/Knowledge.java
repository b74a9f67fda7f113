package dev.asrdoctor.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of causes.
 *
 * @param flow the article's two flowcharts, as questions in their order
 * @param causes by id; where two explain each other, the earlier lies deeper
 */
public record Knowledge(List<Question> flow, Map<String, Cause> causes) {
    /**
     * One question of the flowcharts.
     *
     * @param step of the article
     * @param checks that answer it
     */
    public record Question(String ask, int step, List<String> checks) {}

    public Knowledge {
        flow = List.copyOf(flow);
        causes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(causes));
    }

    public Optional<Cause> cause(String id) {
        return Optional.ofNullable(causes.get(id));
    }

    /** These causes, with those of another file in place of or beside them; its flow, where it has one. */
    public Knowledge with(Knowledge other) {
        Map<String, Cause> all = new LinkedHashMap<>(causes);
        all.putAll(other.causes);
        return new Knowledge(other.flow.isEmpty() ? flow : other.flow, all);
    }

    List<Cause> list() {
        return new ArrayList<>(causes.values());
    }
}
