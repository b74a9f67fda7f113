package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Installed;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.product.Deployment;
import java.util.Optional;

/** Brings up what has stopped, what it depends on first (docs/facts.md, "Start order"). */
final class StartServices implements Remedy.Plan {
    static final Setting<RemedyMode> MODE =
            Setting.mode("startServices", RemedyMode.APPLY, "start services that have stopped, resume paused ones");

    @Override
    public void plan(Patient patient, Draft draft) {
        ServicesFacts services = patient.services();
        if (services == null) {
            return;
        }
        Deployment deployment = patient.server().deployment();
        deployment.required().stream()
                .sorted(deployment.product().inStartOrder())
                .map(service -> Installed.find(services, service))
                .flatMap(Optional::stream)
                .filter(service -> service.state() != ServiceState.RUNNING)
                .forEach(service -> ServiceGuardRails.firstObjection(service, patient, services)
                        .ifPresentOrElse(
                                draft::hold, () -> add(service, whyRequired(patient.server()), services, draft)));
    }

    private static String whyRequired(ResolvedServer server) {
        return "services.running: a " + server.deployment().id() + " needs it";
    }

    /** Depth first, so that whatever it depends on stands before it. */
    private static void add(ServiceFact service, String why, ServicesFacts services, Draft draft) {
        if (draft.touches(service.name())) {
            return;
        }
        for (String name : service.dependsOn()) {
            services.named(name)
                    .filter(dependency ->
                            dependency.state() == ServiceState.STOPPED || dependency.state() == ServiceState.PAUSED)
                    .ifPresent(dependency -> add(dependency, service.name() + " depends on it", services, draft));
        }
        Step.Action action = service.state() == ServiceState.PAUSED ? Step.Action.RESUME : Step.Action.START;
        draft.add(new Step(action, service.name(), service.displayName(), why));
    }
}
