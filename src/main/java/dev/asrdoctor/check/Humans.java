package dev.asrdoctor.check;

import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.text.Commands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people did to a service, as far as the event log names them (docs/facts.md, "Service states and exit codes"). */
public final class Humans {
    private static final int START_TYPE_CHANGED = 7040;
    private static final int STOP_SENT = 7042;
    /** How a service ended that was told to stop and did not do so in the ordinary way. */
    private static final Set<Integer> ENDED = Set.of(7011, 7023, 7024, 7031, 7034);

    private static final Duration STOPS_WITHIN = Duration.ofMinutes(3);
    private static final Set<String> WINDOWS = Set.of("S-1-5-18", "S-1-5-19", "S-1-5-20");

    private Humans() {}

    /**
     * The newest stop that a person has sent, where nothing but that ended the service: an error within minutes of it is how
     * the service stopped, a later one that it had been started again.
     */
    public static Optional<ServiceEvent> stopped(ServiceFact service, ServicesFacts services) {
        List<ServiceEvent> told = services.events().stream()
                .filter(event -> event.id() != START_TYPE_CHANGED && about(event, service))
                .toList();
        Optional<ServiceEvent> stop = told.stream()
                .filter(event -> event.id() == STOP_SENT)
                .findFirst()
                .filter(Humans::byPerson);
        return stop.filter(sent -> told.stream()
                .takeWhile(event -> !event.equals(sent))
                .allMatch(event -> ENDED.contains(event.id())
                        && event.at().isBefore(sent.at().plus(STOPS_WITHIN))));
    }

    /** The newest change of its start type, by whomever. */
    static Optional<ServiceEvent> startTypeChanged(ServiceFact service, ServicesFacts services) {
        return services.events().stream()
                .filter(event -> event.id() == START_TYPE_CHANGED && about(event, service))
                .findFirst();
    }

    /** For example {@code  (LAB\alice changed its start type at 2026-11-23T10:00:00Z)}; empty where nobody is named. */
    public static String whoDisabled(ServiceFact service, ServicesFacts services) {
        return services.events().stream()
                .filter(event -> event.id() == START_TYPE_CHANGED && byPerson(event) && about(event, service))
                .findFirst()
                .map(event -> " (" + event.by() + " changed its start type at " + event.at() + ")")
                .orElse("");
    }

    static boolean byPerson(ServiceEvent event) {
        return event.by() != null && !WINDOWS.contains(event.by());
    }

    private static boolean about(ServiceEvent event, ServiceFact service) {
        return event.parameters().stream()
                .limit(2)
                .anyMatch(p -> p.equalsIgnoreCase(service.name()) || p.equalsIgnoreCase(service.displayName()));
    }

    /** How a person enables a service; empty where its name is none to be typed. */
    public static String enable(String service) {
        return Commands.service(service)
                .map(name -> ": " + Commands.shown("sc.exe config " + name + " start= delayed-auto"))
                .orElse("");
    }
}
