package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.ServiceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The remedy script's answer.
 *
 * @param leased false when the server's lease could not be had, and nothing was done
 * @param steps what it did for each step
 * @param events what the event log says since
 * @param keptBy who keeps the lease, in words, where it is not known to be another controller; null else
 */
public record RemedyAnswer(
        boolean leased,
        List<StepOutcome> steps,
        List<ServiceEvent> events,
        @Nullable String keptBy) {

    public RemedyAnswer(boolean leased, List<StepOutcome> steps, List<ServiceEvent> events) {
        this(leased, steps, events, null);
    }

    public Optional<StepOutcome> of(Step step) {
        return steps.stream()
                .filter(outcome -> outcome.action().equals(step.action().word())
                        && outcome.target().equalsIgnoreCase(step.target()))
                .findFirst();
    }

    /** @throws IllegalArgumentException with one line that says what is wrong */
    public static RemedyAnswer parse(String json) {
        JsonNode remedy = FactsJson.parse(json).path("remedy");
        JsonNode error = remedy.path("error");
        if (error.isObject()) {
            throw new IllegalArgumentException(
                    "the remedy could not begin: " + error.path("message").asString(""));
        }
        JsonNode data = remedy.path("data");
        if (!data.path("steps").isArray() || !data.path("leased").isBoolean()) {
            throw new IllegalArgumentException("the answer of the remedy has no steps");
        }
        List<StepOutcome> steps = new ArrayList<>();
        for (JsonNode node : data.path("steps")) {
            steps.add(new StepOutcome(
                    node.path("action").asString(""),
                    node.path("name").asString(""),
                    node.path("before").asString(""),
                    Ending.of(node.path("outcome").asString("")),
                    node.path("after").asString(""),
                    number(node.path("win32Error")),
                    number(node.path("exitCode")),
                    number(node.path("serviceExitCode")),
                    node.path("message").isString() ? node.path("message").asString() : null));
        }
        List<ServiceEvent> events = new ArrayList<>();
        for (JsonNode event : data.path("events")) {
            events.add(FactsJson.event(event));
        }
        return new RemedyAnswer(data.path("leased").asBoolean(), List.copyOf(steps), List.copyOf(events), keptBy(data));
    }

    private static @Nullable String keptBy(JsonNode data) {
        String owner = data.path("keptBy").asString("");
        if (!owner.isEmpty()) {
            return "a process of " + owner;
        }
        return data.path("kept").asString("").equals("denied")
                ? "a process of an account that lets nobody else look at it"
                : null;
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? (Long) node.longValue() : null;
    }
}
