package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Product;
import dev.asrdoctor.product.Products;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    static final Where APPLIANCES = Where.APPLIANCES;
    static final Where JOINED = Where.JOINED;
    static final Where AROUND_APPLIANCES = Where.AROUND_APPLIANCES;
    static final Where EVERYWHERE = Where.EVERYWHERE;

    public boolean meant(Deployment deployment) {
        return where.holds(deployment) && !deployment.leavesOut().containsKey(id);
    }

    /** Those for which it is judged, in their products' order, one for each word. */
    public List<Deployment> deployments() {
        Map<String, Deployment> words = new LinkedHashMap<>();
        Products.shipped().all().stream()
                .flatMap(product -> product.deployments().stream())
                .filter(this::meant)
                .forEach(deployment -> words.putIfAbsent(deployment.id(), deployment));
        return List.copyOf(words.values());
    }

    /** Why it is not judged on deployments of which one would expect it, by their words. */
    public Map<String, String> leftOut() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Product product : Products.shipped().all()) {
            for (Deployment deployment : product.deployments()) {
                String reason = deployment.leavesOut().get(id);
                if (reason != null && where.holds(deployment)) {
                    reasons.put(deployment.id(), reason);
                }
            }
        }
        return reasons;
    }

    /** The area without which the check is not judged. */
    public FactArea<?> area() {
        return areas.getFirst();
    }
}
