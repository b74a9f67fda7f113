package dev.asrdoctor.product;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A deployment as its product's file has it. */
final class KnownDeployment implements Deployment {
    static final Deployment UNDECIDED =
            new KnownDeployment("auto", null, Set.of(), List.of(), List.of(), Exclusions.NONE, List.of(), Map.of());

    private final String id;
    private final @Nullable Product product;
    private final Set<Trait> traits;
    private final List<ProductService> required;
    private final List<ProductService> expected;
    private final Exclusions exclusions;
    private final List<CapacityRow> capacity;
    private final Map<String, String> leavesOut;

    KnownDeployment(
            String id,
            @Nullable Product product,
            Set<Trait> traits,
            List<ProductService> required,
            List<ProductService> expected,
            Exclusions exclusions,
            List<CapacityRow> capacity,
            Map<String, String> leavesOut) {
        this.id = id;
        this.product = product;
        this.traits = Set.copyOf(traits);
        this.required = List.copyOf(required);
        this.expected = List.copyOf(expected);
        this.exclusions = exclusions;
        this.capacity = List.copyOf(capacity);
        this.leavesOut = Map.copyOf(leavesOut);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Product product() {
        return product == null ? Products.shipped().first() : product;
    }

    @Override
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    @Override
    public List<ProductService> required() {
        return required;
    }

    @Override
    public List<ProductService> expected() {
        return expected;
    }

    @Override
    public Exclusions exclusions() {
        return exclusions;
    }

    @Override
    public List<CapacityRow> capacity() {
        return capacity;
    }

    @Override
    public boolean isCalledLike(Deployment other) {
        return id.equals(other.id());
    }

    @Override
    public Map<String, String> leavesOut() {
        return leavesOut;
    }

    @Override
    public String toString() {
        return id;
    }
}
