package dev.asrdoctor.check;

import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Trait;
import java.util.List;

/** On which servers a check is judged: on all, or on those that have one of some traits. */
enum Where {
    EVERYWHERE,
    PROCESS_SERVERS(Trait.PROCESS_SERVER),
    /** Where something sends to Azure. */
    UPLOADING(Trait.UPLOADS),
    SOURCES(Trait.SOURCE),
    APPLIANCES(Trait.APPLIANCE),
    /** Source machines that are joined to an appliance. */
    JOINED(Trait.JOINED),
    /** Appliances and what is joined to them. */
    AROUND_APPLIANCES(Trait.APPLIANCE, Trait.JOINED);

    private final List<Trait> traits;

    Where(Trait... traits) {
        this.traits = List.of(traits);
    }

    boolean holds(Deployment deployment) {
        return deployment != Deployment.AUTO
                && (traits.isEmpty() || traits.stream().anyMatch(deployment::is));
    }
}
