package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ProductFacts;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Product;
import dev.asrdoctor.product.Products;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server itself says that it is (docs/facts.md, "What tells the deployment"). */
public final class DetectedDeployment {
    private static final String REPLICATES = "InMageRcm";

    private DetectedDeployment() {}

    /**
     * The server with the deployment that is judged: the inventory's word, or with {@code auto} the server's own; where several
     * products have that word, the server tells which of them it belongs to.
     */
    public static ResolvedServer resolve(Server server, Facts facts) {
        Deployment said = server.deployment();
        if (said == Deployment.AUTO) {
            return new ResolvedServer(server, of(facts, said).orElse(null));
        }
        return new ResolvedServer(
                server, of(facts, said).filter(said::isCalledLike).orElse(said));
    }

    /** By whichever product tells first, the one of the deployment that is said before those that have no marks. */
    static Optional<Deployment> of(Facts facts, Deployment said) {
        return Products.shipped().inOrderOfDetection(said).stream()
                .flatMap(product -> of(facts, product).stream())
                .findFirst();
    }

    private static Optional<Deployment> of(Facts facts, Product product) {
        ProductFacts read = facts.read(FactArea.PRODUCT);
        ServicesFacts services = facts.read(FactArea.SERVICES);
        return product.detection()
                .told(
                        read == null ? Map.of() : found(read),
                        service -> services != null
                                && Installed.find(services, service).isPresent());
    }

    /** By the names that a product's file uses. */
    private static Map<String, @Nullable Object> found(ProductFacts read) {
        Map<String, @Nullable Object> found = new HashMap<>();
        found.put("serverRoot", read.serverRoot());
        found.put("agentRoot", read.agentRoot());
        found.put("marsRoot", read.marsRoot());
        found.put("marsScratch", read.marsScratch());
        found.put("cxType", read.cxType());
        found.put("csAddress", read.csAddress());
        found.put("csMode", read.csMode());
        found.put("version", read.version());
        found.put("registered", read.registered());
        found.put("applianceType", read.applianceType());
        found.put("cacheRoot", read.cacheRoot());
        found.put("joinedTo", read.joinedTo());
        return found;
    }

    /** An appliance of Azure Migrate, which lives in the same folders and replicates nothing itself. */
    static boolean discovers(ProductFacts product) {
        String type = product.applianceType();
        return type != null && !type.isBlank() && !type.equalsIgnoreCase(REPLICATES);
    }
}
