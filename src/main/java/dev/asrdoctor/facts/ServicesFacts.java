package dev.asrdoctor.facts;

import java.util.List;
import java.util.Optional;

/**
 * The services of the product that are installed, and whatever they depend on.
 *
 * @param source where states came from: {@code cim} or, when CIM did not answer, {@code scm}
 * @param services found services: those of the product and, transitively, those they depend on
 * @param eventsError null, or why the event log could not be read
 * @param events Service Control Manager events about these services, newest first
 */
public record ServicesFacts(
        String source,
        List<ServiceFact> services,
        List<ServiceEvent> events,
        @org.jspecify.annotations.Nullable String eventsError) {

    /** Finds a service by its short name, else by its display name, whichever this server's version uses. */
    public Optional<ServiceFact> find(String name, List<String> displayNames) {
        return named(name)
                .or(() -> services.stream()
                        .filter(s -> displayNames.stream().anyMatch(s.displayName()::equalsIgnoreCase))
                        .findFirst());
    }

    public Optional<ServiceFact> named(String name) {
        return services.stream().filter(s -> s.name().equalsIgnoreCase(name)).findFirst();
    }
}
