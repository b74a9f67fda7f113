package dev.asrdoctor.product;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What role a server plays, which decides what it must run (docs/facts.md, "Deployment kinds"). There is one object for each,
 * so that they may be compared by identity. The constants are those that somebody names in this program: an interface's are
 * looked up when the first of them is asked for, and not while a product is being read; a default method would change that.
 */
public sealed interface Deployment permits KnownDeployment {
    /** Whatever the server itself says that it is. */
    Deployment AUTO = KnownDeployment.UNDECIDED;

    Deployment CONFIGURATION_SERVER = Products.shipped().named("configuration-server");
    Deployment STANDALONE = Products.shipped().named("standalone");
    Deployment AZURE_FAILBACK = Products.shipped().named("azure-failback");
    Deployment SOURCE_MACHINE = Products.shipped().named("source-machine");
    Deployment REPLICATION_APPLIANCE = Products.shipped().named("replication-appliance");

    /** The word used in inventories and reports. */
    String id();

    /** The product that it is a part of; the first one for {@link #AUTO}, about which nothing is said. */
    Product product();

    boolean is(Trait trait);

    /** Services that must run, in the product's order. */
    List<ProductService> required();

    /** Services that the vendor's article leaves out for it although the product needs them: a warning at most. */
    List<ProductService> expected();

    Exclusions exclusions();

    /** Ids of checks that make no sense there although others of its kind have them, with the reason. */
    Map<String, String> leavesOut();

    /** Whether an inventory writes both in the same way: several products have source machines. */
    boolean isCalledLike(Deployment other);

    /** What a server of a size can carry, the smallest first; empty where that is not known. */
    List<CapacityRow> capacity();

    static Optional<Deployment> byId(String id) {
        return Optional.ofNullable(Products.shipped().words().get(id));
    }
}
