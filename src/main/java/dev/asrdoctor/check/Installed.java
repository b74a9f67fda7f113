package dev.asrdoctor.check;

import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.product.Product;
import dev.asrdoctor.product.ProductService;
import java.util.Optional;

/** The services of a product as a server has them. */
public final class Installed {
    private Installed() {}

    /** By its short name, else by its display name, whichever this server's version uses. */
    public static Optional<ServiceFact> find(ServicesFacts services, ProductService wanted) {
        return services.find(wanted.name(), wanted.displayNames());
    }

    /** The service that sends the data to Azure, where the product has one and the server has it. */
    public static Optional<ServiceFact> uploader(ServicesFacts services, Product product) {
        return product.uploader().flatMap(service -> find(services, service));
    }

    /** Versions from before some services came lack all of those, and nothing else. */
    static boolean isOlderVersion(ServicesFacts services, Product product) {
        return product.services().values().stream()
                        .filter(ProductService::cameLater)
                        .allMatch(service -> find(services, service).isEmpty())
                && product.services().values().stream()
                        .filter(ProductService::olderThanLater)
                        .anyMatch(service -> find(services, service).isPresent());
    }

    /** How much replication suffers when it does not run. */
    static Severity severity(ProductService service) {
        return Severity.valueOf(service.weight().name());
    }
}
