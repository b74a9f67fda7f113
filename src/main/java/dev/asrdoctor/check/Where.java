package dev.asrdoctor.check;

import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Trait;
import org.jspecify.annotations.Nullable;

/** On which servers a check is judged. */
enum Where {
    EVERYWHERE(null),
    PROCESS_SERVERS(Trait.PROCESS_SERVER),
    /** Where something sends to Azure. */
    UPLOADING(Trait.UPLOADS),
    SOURCES(Trait.SOURCE);

    private final @Nullable Trait trait;

    Where(@Nullable Trait trait) {
        this.trait = trait;
    }

    boolean holds(Deployment deployment) {
        return deployment != Deployment.AUTO && (trait == null || deployment.is(trait));
    }
}
