package dev.asrdoctor.remedy;

import dev.asrdoctor.check.PolicySettings;
import dev.asrdoctor.check.Words;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The guard rails that one service's own facts decide. */
final class ServiceGuardRails {
    static final List<GuardRail> ALL = List.of(
            ServiceGuardRails::disabledOnPurpose,
            ServiceGuardRails::disabled,
            ServiceGuardRails::stoppedByPerson,
            ServiceGuardRails::inTransit,
            ServiceGuardRails::unknown,
            ServiceGuardRails::circle,
            ServiceGuardRails::brokenDependency);

    private ServiceGuardRails() {}

    static Optional<HeldBack> firstObjection(ServiceFact service, Patient patient, ServicesFacts services) {
        return ALL.stream()
                .map(rail -> rail.objection(service, services, patient))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<HeldBack> disabledOnPurpose(ServiceFact service, ServicesFacts services, Patient patient) {
        return patient.policy().namesAsDisabledOnPurpose(service)
                ? heldBack(service, "disabled-on-purpose", "the policy says that it is disabled on purpose")
                : Optional.empty();
    }

    private static Optional<HeldBack> disabled(ServiceFact service, ServicesFacts services, Patient patient) {
        return service.startType() == StartType.DISABLED
                ? heldBack(
                        service,
                        "disabled",
                        "it is disabled, and somebody may have meant that" + Humans.whoDisabled(service, services)
                                + "; enable it by hand if not" + Humans.enable(service.name()))
                : Optional.empty();
    }

    private static Optional<HeldBack> stoppedByPerson(ServiceFact service, ServicesFacts services, Patient patient) {
        return respectedStop(service, services, patient)
                .flatMap(stop -> heldBack(
                        service, "stopped-by-person", stop.by() + " stopped it at " + stop.at() + respected(patient)));
    }

    private static Optional<ServiceEvent> respectedStop(ServiceFact service, ServicesFacts services, Patient patient) {
        HostFacts host = patient.facts().read(FactArea.HOST);
        Duration respected = patient.policy().get(PolicySettings.HUMAN_STOP);
        return service.state() != ServiceState.STOPPED || host == null
                ? Optional.empty()
                : Humans.stopped(service, services)
                        .filter(stop -> stop.at().isAfter(host.utcNow().minus(respected)));
    }

    private static String respected(Patient patient) {
        return "; that is respected for " + Words.duration(patient.policy().get(PolicySettings.HUMAN_STOP))
                + " (guardRails.humanStop)";
    }

    private static Optional<HeldBack> inTransit(ServiceFact service, ServicesFacts services, Patient patient) {
        return service.state().pending()
                ? heldBack(
                        service,
                        "in-transit",
                        "it is " + FactsJson.word(service.state()) + "; wait for it, or end its process" + pid(service)
                                + " by hand")
                : Optional.empty();
    }

    private static String pid(ServiceFact service) {
        Long pid = service.processId();
        return pid == null || pid == 0 ? "" : " (PID " + pid + ")";
    }

    private static Optional<HeldBack> unknown(ServiceFact service, ServicesFacts services, Patient patient) {
        return service.state() == ServiceState.UNKNOWN
                ? heldBack(service, "unknown-state", "its state could not be read")
                : Optional.empty();
    }

    private static Optional<HeldBack> circle(ServiceFact service, ServicesFacts services, Patient patient) {
        return Dependencies.circleThrough(service, services)
                .flatMap(circle -> heldBack(
                        service,
                        "dependency-circle",
                        "its dependencies form a circle, which Windows cannot start: " + String.join(" > ", circle)));
    }

    private static Optional<HeldBack> brokenDependency(ServiceFact service, ServicesFacts services, Patient patient) {
        for (String name : Dependencies.allOf(service, services)) {
            Optional<ServiceFact> dependency = services.named(name);
            if (dependency.isEmpty()) {
                return heldBack(service, "dependency-missing", "it depends on " + name + ", which is not installed");
            }
            if (dependency.get().state() != ServiceState.RUNNING
                    && dependency.get().startType() == StartType.DISABLED) {
                return heldBack(service, "dependency-disabled", "it depends on " + name + ", which is disabled");
            }
            if (dependency.get().state() != ServiceState.RUNNING
                    && patient.policy().namesAsDisabledOnPurpose(dependency.get())) {
                return heldBack(
                        service,
                        "dependency-disabled",
                        "it depends on " + name + ", which the policy says is disabled on purpose");
            }
            if (dependency.get().state() == ServiceState.STOP_PENDING
                    || dependency.get().state() == ServiceState.PAUSE_PENDING
                    || dependency.get().state() == ServiceState.UNKNOWN) {
                return heldBack(
                        service,
                        "dependency-in-transit",
                        "it depends on " + name + ", whose state is "
                                + FactsJson.word(dependency.get().state()));
            }
            Optional<ServiceEvent> stop = respectedStop(dependency.get(), services, patient);
            if (stop.isPresent()) {
                return heldBack(
                        service,
                        "dependency-stopped-by-person",
                        "it depends on " + name + ", which " + stop.get().by() + " stopped at "
                                + stop.get().at() + respected(patient));
            }
        }
        return Optional.empty();
    }

    private static Optional<HeldBack> heldBack(ServiceFact service, String guard, String reason) {
        return Optional.of(HeldBack.of(Remedy.SERVICES, service.name(), guard, reason));
    }
}
