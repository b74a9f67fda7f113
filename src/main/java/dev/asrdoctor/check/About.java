package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Products;
import java.util.List;

/**
 * What a person has to know of a check; {@code asrdoctor explain} and docs/checks show it.
 *
 * @param id stable, lower case with dots
 * @param step of Microsoft's article; 0 for its best practices and for what it takes for granted
 * @param areas what it judges, the one that it cannot do without first
 * @param where it is judged
 * @param settings the thresholds of the policy that it heeds
 */
public record About(
        String id,
        String title,
        int step,
        List<FactArea<?>> areas,
        Profile profile,
        Where where,
        String why,
        String fix,
        List<Setting<?>> settings) {
    static final Where PROCESS_SERVERS = Where.PROCESS_SERVERS;
    static final Where UPLOADING = Where.UPLOADING;
    static final Where SOURCES = Where.SOURCES;
    static final Where EVERYWHERE = Where.EVERYWHERE;

    public boolean meant(Deployment deployment) {
        return where.holds(deployment);
    }

    /** Those for which it is judged, in their products' order. */
    public List<Deployment> deployments() {
        return Products.shipped().deployments().stream().filter(this::meant).toList();
    }

    /** The area without which the check is not judged. */
    public FactArea<?> area() {
        return areas.getFirst();
    }
}
