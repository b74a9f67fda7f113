package dev.asrdoctor.check;

import dev.asrdoctor.facts.AsrService;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ProductFacts;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.inventory.Deployment;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.inventory.Server;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server itself says that it is (docs/facts.md, "What tells the deployment"). */
public final class DetectedDeployment {
    private static final int CONFIGURATION_SERVER_ALONE = 1;
    private static final int BOTH = 3;

    private DetectedDeployment() {}

    /** The server with the deployment that is judged: the inventory's word, or with {@code auto} the server's own. */
    public static ResolvedServer resolve(Server server, Facts facts) {
        return server.deployment() == Deployment.AUTO
                ? new ResolvedServer(server, of(facts).orElse(null))
                : ResolvedServer.asSaid(server);
    }

    static Optional<Deployment> of(Facts facts) {
        ProductFacts product = facts.read(FactArea.PRODUCT);
        ServicesFacts services = facts.read(FactArea.SERVICES);
        if (product == null
                || (product.serverRoot() == null && product.cxType() == null && product.agentRoot() == null)) {
            return services == null ? Optional.empty() : byServices(services);
        }
        if (product.cxType() != null) {
            long type = product.cxType();
            if (type == BOTH || type == CONFIGURATION_SERVER_ALONE) {
                return Optional.of(Deployment.CONFIGURATION_SERVER);
            }
            return Optional.of(
                    product.agentRoot() == null && product.marsRoot() == null
                            ? Deployment.AZURE_FAILBACK
                            : Deployment.STANDALONE);
        }
        if (product.serverRoot() != null) {
            return Optional.of(product.registered() ? Deployment.CONFIGURATION_SERVER : Deployment.STANDALONE);
        }
        return Optional.of(Deployment.SOURCE_MACHINE);
    }

    private static Optional<Deployment> byServices(ServicesFacts services) {
        if (installed(services, AsrService.PROVIDER)) {
            return Optional.of(Deployment.CONFIGURATION_SERVER);
        }
        boolean agent = installed(services, AsrService.VX_AGENT);
        if (installed(services, AsrService.CX_PROCESS_SERVER) || installed(services, AsrService.PROCESS_SERVER)) {
            return Optional.of(
                    agent || installed(services, AsrService.MARS_AGENT)
                            ? Deployment.STANDALONE
                            : Deployment.AZURE_FAILBACK);
        }
        return agent ? Optional.of(Deployment.SOURCE_MACHINE) : Optional.empty();
    }

    private static boolean installed(ServicesFacts services, AsrService service) {
        return services.find(service).isPresent();
    }

    /** The newer appliance, to which the article does not apply. */
    static boolean modernized(@Nullable ProductFacts product) {
        return product != null && "Rcm".equalsIgnoreCase(product.csMode());
    }
}
