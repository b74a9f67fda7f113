package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.ServiceEvent;
import java.util.List;
import java.util.Optional;

/** Events of the Service Control Manager in words, from their ids; their own texts are localised. */
final class EventWords {
    private EventWords() {}

    /** The newest event about the step's service. */
    static Optional<String> about(Step step, List<ServiceEvent> events) {
        return events.stream()
                .filter(event -> event.parameters().stream()
                        .limit(2)
                        .anyMatch(p -> p.equalsIgnoreCase(step.target()) || p.equalsIgnoreCase(step.displayName())))
                .findFirst()
                .map(event -> words(event.id()) + " (event " + event.id() + ")");
    }

    private static String words(int id) {
        return switch (id) {
            case 7000 -> "it failed to start";
            case 7001 -> "a service that it depends on failed to start";
            case 7009, 7011 -> "it did not answer in time";
            case 7022 -> "it hung while starting";
            case 7023, 7024 -> "it ended with an error";
            case 7031, 7034 -> "it ended unexpectedly";
            case 7038 -> "the logon of its account failed";
            case 7040 -> "its start type was changed";
            default -> "something happened to it";
        };
    }
}
