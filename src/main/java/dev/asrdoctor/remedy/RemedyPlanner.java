package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Policy;
import dev.asrdoctor.check.RequiredServices;
import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.AsrService;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.inventory.Server;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans which stopped services to bring up, what they depend on first (docs/facts.md, "Start order"); pure. */
public final class RemedyPlanner {
    private static final List<AsrService> VENDOR_ORDER = List.of(
            AsrService.MYSQL,
            AsrService.WEB_PUBLISHING,
            AsrService.TMANSVC,
            AsrService.CX_PROCESS_SERVER,
            AsrService.PUSH_INSTALL,
            AsrService.LOG_UPLOAD,
            AsrService.VX_AGENT,
            AsrService.MARS_AGENT,
            AsrService.APPLICATION_SERVICE,
            AsrService.PROVIDER,
            AsrService.PROCESS_SERVER,
            AsrService.PROCESS_SERVER_MONITOR);

    private RemedyPlanner() {}

    /** Nothing is planned where the services could not be read: unknown is neither healthy nor ill. */
    public static ServerPlan plan(Server server, Facts facts, Policy policy) {
        return facts.services() instanceof Area.Read<ServicesFacts> read
                ? plan(server, read.data(), policy)
                : new ServerPlan(server, List.of(), List.of());
    }

    private static ServerPlan plan(Server server, ServicesFacts services, Policy policy) {
        Map<String, Step> steps = new LinkedHashMap<>();
        List<HeldBack> heldBack = new ArrayList<>();
        RequiredServices.of(server.deployment()).stream()
                .sorted(Comparator.comparingInt(VENDOR_ORDER::indexOf))
                .map(services::find)
                .flatMap(Optional::stream)
                .filter(service -> service.state() != ServiceState.RUNNING)
                .forEach(service -> ServiceGuardRails.firstObjection(service, services, policy)
                        .ifPresentOrElse(heldBack::add, () -> add(service, whyRequired(server), services, steps)));
        return new ServerPlan(server, List.copyOf(steps.values()), List.copyOf(heldBack));
    }

    private static String whyRequired(Server server) {
        return "services.running: a " + server.deployment().id() + " needs it";
    }

    /** Depth first, so that whatever it depends on stands before it. */
    private static void add(ServiceFact service, String why, ServicesFacts services, Map<String, Step> steps) {
        String key = Dependencies.key(service.name());
        if (steps.containsKey(key)) {
            return;
        }
        for (String name : service.dependsOn()) {
            services.named(name)
                    .filter(dependency ->
                            dependency.state() == ServiceState.STOPPED || dependency.state() == ServiceState.PAUSED)
                    .ifPresent(dependency -> add(dependency, service.name() + " depends on it", services, steps));
        }
        Step.Action action = service.state() == ServiceState.PAUSED ? Step.Action.RESUME : Step.Action.START;
        steps.put(key, new Step(action, service.name(), service.displayName(), why));
    }
}
