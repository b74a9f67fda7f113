package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.ServiceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The remedy script's answer: what it did to each service, and what the event log says since. */
public record RemedyAnswer(List<ServiceOutcome> services, List<ServiceEvent> events) {

    public Optional<ServiceOutcome> of(String service) {
        return services.stream()
                .filter(outcome -> outcome.service().equalsIgnoreCase(service))
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
        if (!data.path("services").isArray()) {
            throw new IllegalArgumentException("the answer of the remedy has no services");
        }
        List<ServiceOutcome> services = new ArrayList<>();
        for (JsonNode node : data.path("services")) {
            services.add(new ServiceOutcome(
                    node.path("name").asString(""),
                    FactsJson.state(node.path("before").asString("")),
                    node.path("outcome").asString(""),
                    FactsJson.state(node.path("after").asString("")),
                    number(node.path("win32Error")),
                    number(node.path("exitCode")),
                    number(node.path("serviceExitCode")),
                    node.path("message").isString() ? node.path("message").asString() : null));
        }
        List<ServiceEvent> events = new ArrayList<>();
        for (JsonNode event : data.path("events")) {
            events.add(FactsJson.event(event));
        }
        return new RemedyAnswer(services, events);
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? (Long) node.longValue() : null;
    }
}
