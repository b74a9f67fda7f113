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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server itself says that it is (docs/facts.md, "What tells the deployment"). */
public final class DetectedDeployment {
    private DetectedDeployment() {}

    /** The server with the deployment that is judged: the inventory's word, or with {@code auto} the server's own. */
    public static ResolvedServer resolve(Server server, Facts facts) {
        return server.deployment() == Deployment.AUTO
                ? new ResolvedServer(server, of(facts, server.deployment()).orElse(null))
                : ResolvedServer.asSaid(server);
    }

    /** By the product of the deployment that is said, else by whichever product tells first. */
    static Optional<Deployment> of(Facts facts, Deployment said) {
        List<Product> products = said == Deployment.AUTO ? Products.shipped().all() : List.of(said.product());
        return products.stream().flatMap(product -> of(facts, product).stream()).findFirst();
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
        return found;
    }

    /** The newer appliance, to which the article does not apply. */
    static boolean modernized(@Nullable ProductFacts product) {
        return product != null && "Rcm".equalsIgnoreCase(product.csMode());
    }
}
