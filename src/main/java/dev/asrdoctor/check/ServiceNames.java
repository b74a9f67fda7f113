package dev.asrdoctor.check;

import dev.asrdoctor.facts.AsrService;
import dev.asrdoctor.facts.ServiceFact;
import java.util.Set;

/** How findings call a service. */
final class ServiceNames {
    private ServiceNames() {}

    /** The short name as that server writes it, else as documents do. */
    static String of(AsrService service) {
        return service.serviceName();
    }

    static boolean contains(Set<String> names, ServiceFact service) {
        return names.stream()
                .anyMatch(
                        name -> name.equalsIgnoreCase(service.name()) || name.equalsIgnoreCase(service.displayName()));
    }
}
