package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.inventory.Deployment;
import dev.asrdoctor.policy.Setting;
import java.util.List;
import java.util.Set;

/**
 * What a person has to know of a check; {@code asrdoctor explain} and docs/checks show it.
 *
 * @param id stable, lower case with dots
 * @param step of Microsoft's article; 0 for its best practices and for what it takes for granted
 * @param areas what it judges, the one that it cannot do without first
 * @param deployments for which it is judged
 * @param settings the thresholds of the policy that it heeds
 */
public record About(
        String id,
        String title,
        int step,
        List<FactArea<?>> areas,
        Profile profile,
        Set<Deployment> deployments,
        String why,
        String fix,
        List<Setting<?>> settings) {
    static final Set<Deployment> PROCESS_SERVERS =
            Set.of(Deployment.CONFIGURATION_SERVER, Deployment.STANDALONE, Deployment.AZURE_FAILBACK);
    /** Where the MARS agent uploads. */
    static final Set<Deployment> UPLOADING = Set.of(Deployment.CONFIGURATION_SERVER, Deployment.STANDALONE);

    static final Set<Deployment> SOURCES = Set.of(Deployment.SOURCE_MACHINE);
    static final Set<Deployment> EVERYWHERE = Set.of(
            Deployment.CONFIGURATION_SERVER,
            Deployment.STANDALONE,
            Deployment.AZURE_FAILBACK,
            Deployment.SOURCE_MACHINE);

    /** The area without which the check is not judged. */
    public FactArea<?> area() {
        return areas.getFirst();
    }
}
