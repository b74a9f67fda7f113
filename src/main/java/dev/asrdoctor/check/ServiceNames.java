package dev.asrdoctor.check;

import dev.asrdoctor.facts.AsrService;

/** How findings call a service. */
final class ServiceNames {
    private ServiceNames() {}

    /** The short name as that server writes it, else as documents do. */
    static String of(AsrService service) {
        return service.serviceName();
    }
}
