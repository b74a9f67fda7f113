package dev.asrdoctor.product;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a server tells its deployment (docs/facts.md, "What tells the deployment"): by the first rule that holds.
 *
 * @param registry rules about what was read of the registry
 * @param services rules for where none of those holds
 */
public record Detection(List<ByRegistry> registry, List<ByServices> services) {
    /**
     * @param where what is one of these, numbers or words in any case of letters
     * @param has what was found
     * @param lacks what was not found
     */
    public record ByRegistry(
            Deployment deployment, Map<String, List<String>> where, List<String> has, List<String> lacks) {
        boolean holds(Map<String, ? extends @Nullable Object> found) {
            return where.entrySet().stream().allMatch(wanted -> isOneOf(wanted.getValue(), found.get(wanted.getKey())))
                    && has.stream().allMatch(name -> there(found.get(name)))
                    && lacks.stream().noneMatch(name -> there(found.get(name)));
        }

        private static boolean isOneOf(List<String> words, @Nullable Object value) {
            return value != null && words.stream().anyMatch(value.toString()::equalsIgnoreCase);
        }

        private static boolean there(@Nullable Object value) {
            return value != null && !value.equals(false);
        }
    }

    /**
     * @param any of which one is installed
     * @param also of which one is installed beside it; empty where that is not asked
     */
    public record ByServices(Deployment deployment, List<ProductService> any, List<ProductService> also) {
        boolean holds(Predicate<ProductService> installed) {
            return any.stream().anyMatch(installed)
                    && (also.isEmpty() || also.stream().anyMatch(installed));
        }
    }

    /**
     * @param found what was read of the registry, by its names in the file; false counts as not found
     * @param installed whether a service is there
     */
    public Optional<Deployment> told(
            Map<String, ? extends @Nullable Object> found, Predicate<ProductService> installed) {
        return registry.stream()
                .filter(rule -> rule.holds(found))
                .map(ByRegistry::deployment)
                .findFirst()
                .or(() -> services.stream()
                        .filter(rule -> rule.holds(installed))
                        .map(ByServices::deployment)
                        .findFirst());
    }
}
