package dev.asrdoctor.check;

import static dev.asrdoctor.facts.AsrService.APPLICATION_SERVICE;
import static dev.asrdoctor.facts.AsrService.CX_PROCESS_SERVER;
import static dev.asrdoctor.facts.AsrService.LOG_UPLOAD;
import static dev.asrdoctor.facts.AsrService.MARS_AGENT;
import static dev.asrdoctor.facts.AsrService.MYSQL;
import static dev.asrdoctor.facts.AsrService.PROCESS_SERVER;
import static dev.asrdoctor.facts.AsrService.PROCESS_SERVER_MONITOR;
import static dev.asrdoctor.facts.AsrService.PROVIDER;
import static dev.asrdoctor.facts.AsrService.PUSH_INSTALL;
import static dev.asrdoctor.facts.AsrService.TMANSVC;
import static dev.asrdoctor.facts.AsrService.VX_AGENT;
import static dev.asrdoctor.facts.AsrService.WEB_PUBLISHING;

import dev.asrdoctor.facts.AsrService;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.inventory.Deployment;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which services a deployment must run (article step 2; docs/facts.md, "Services"). */
public final class RequiredServices {
    private static final Set<AsrService> EVERY_PROCESS_SERVER =
            EnumSet.of(PROCESS_SERVER, PROCESS_SERVER_MONITOR, CX_PROCESS_SERVER, PUSH_INSTALL, LOG_UPLOAD);
    private static final Map<Deployment, Set<AsrService>> BY_DEPLOYMENT = byDeployment();

    private RequiredServices() {}

    private static Map<Deployment, Set<AsrService>> byDeployment() {
        EnumSet<AsrService> standalone = EnumSet.copyOf(EVERY_PROCESS_SERVER);
        standalone.addAll(EnumSet.of(APPLICATION_SERVICE, MARS_AGENT, VX_AGENT, TMANSVC));
        EnumSet<AsrService> configurationServer = EnumSet.copyOf(standalone);
        configurationServer.addAll(EnumSet.of(WEB_PUBLISHING, MYSQL, PROVIDER));
        Map<Deployment, Set<AsrService>> required = new EnumMap<>(Deployment.class);
        required.put(Deployment.AZURE_FAILBACK, Collections.unmodifiableSet(EVERY_PROCESS_SERVER));
        required.put(Deployment.STANDALONE, Collections.unmodifiableSet(standalone));
        required.put(Deployment.CONFIGURATION_SERVER, Collections.unmodifiableSet(configurationServer));
        required.put(Deployment.SOURCE_MACHINE, Collections.unmodifiableSet(EnumSet.of(VX_AGENT, APPLICATION_SERVICE)));
        return required;
    }

    public static Set<AsrService> of(Deployment deployment) {
        return BY_DEPLOYMENT.getOrDefault(deployment, Set.of());
    }

    /** Services that the article leaves out for this deployment although the product needs them: a warning at most. */
    static Set<AsrService> expected(Deployment deployment) {
        return deployment == Deployment.AZURE_FAILBACK ? Set.of(TMANSVC) : Set.of();
    }

    /** The article demands automatic start of all but the MARS agent. */
    static boolean startTypeJudged(AsrService service) {
        return service != MARS_AGENT;
    }

    /** Versions before these two services came lack both of them, and nothing else. */
    static boolean isOlderVersion(ServicesFacts facts) {
        return facts.find(PROCESS_SERVER).isEmpty()
                && facts.find(PROCESS_SERVER_MONITOR).isEmpty()
                && facts.find(CX_PROCESS_SERVER).isPresent();
    }

    static boolean cameLater(AsrService service) {
        return service == PROCESS_SERVER || service == PROCESS_SERVER_MONITOR;
    }

    /** How much replication suffers when the service does not run. */
    static Severity severity(AsrService service) {
        return switch (service) {
            case CX_PROCESS_SERVER, PROCESS_SERVER, MARS_AGENT, VX_AGENT, TMANSVC -> Severity.CRITICAL;
            case APPLICATION_SERVICE, WEB_PUBLISHING, MYSQL, PROVIDER -> Severity.HIGH;
            case PROCESS_SERVER_MONITOR, PUSH_INSTALL, LOG_UPLOAD -> Severity.MEDIUM;
        };
    }
}
