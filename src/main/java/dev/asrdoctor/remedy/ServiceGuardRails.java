package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Policy;
import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import java.util.List;
import java.util.Optional;

/** The guard rails that one service's own facts decide. */
final class ServiceGuardRails {
    static final List<GuardRail> ALL = List.of(
            ServiceGuardRails::disabledOnPurpose,
            ServiceGuardRails::disabled,
            ServiceGuardRails::inTransit,
            ServiceGuardRails::unknown,
            ServiceGuardRails::circle,
            ServiceGuardRails::brokenDependency);

    private ServiceGuardRails() {}

    static Optional<HeldBack> firstObjection(ServiceFact service, ServicesFacts services, Policy policy) {
        return ALL.stream()
                .map(rail -> rail.objection(service, services, policy))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<HeldBack> disabledOnPurpose(ServiceFact service, ServicesFacts services, Policy policy) {
        return policy.namesAsDisabledOnPurpose(service)
                ? heldBack(service, "disabled-on-purpose", "the policy says that it is disabled on purpose")
                : Optional.empty();
    }

    private static Optional<HeldBack> disabled(ServiceFact service, ServicesFacts services, Policy policy) {
        return service.startType() == StartType.DISABLED
                ? heldBack(
                        service,
                        "disabled",
                        "it is disabled, and somebody may have meant that; enable it by hand if not (sc.exe config \""
                                + service.name() + "\" start= delayed-auto)")
                : Optional.empty();
    }

    private static Optional<HeldBack> inTransit(ServiceFact service, ServicesFacts services, Policy policy) {
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

    private static Optional<HeldBack> unknown(ServiceFact service, ServicesFacts services, Policy policy) {
        return service.state() == ServiceState.UNKNOWN
                ? heldBack(service, "unknown-state", "its state could not be read")
                : Optional.empty();
    }

    private static Optional<HeldBack> circle(ServiceFact service, ServicesFacts services, Policy policy) {
        return Dependencies.circleThrough(service, services)
                .flatMap(circle -> heldBack(
                        service,
                        "dependency-circle",
                        "its dependencies form a circle, which Windows cannot start: " + String.join(" > ", circle)));
    }

    private static Optional<HeldBack> brokenDependency(ServiceFact service, ServicesFacts services, Policy policy) {
        for (String name : Dependencies.allOf(service, services)) {
            Optional<ServiceFact> dependency = services.named(name);
            if (dependency.isEmpty()) {
                return heldBack(service, "dependency-missing", "it depends on " + name + ", which is not installed");
            }
            if (dependency.get().state() != ServiceState.RUNNING
                    && dependency.get().startType() == StartType.DISABLED) {
                return heldBack(service, "dependency-disabled", "it depends on " + name + ", which is disabled");
            }
            if (dependency.get().state() != ServiceState.RUNNING && policy.namesAsDisabledOnPurpose(dependency.get())) {
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
        }
        return Optional.empty();
    }

    private static Optional<HeldBack> heldBack(ServiceFact service, String guard, String reason) {
        return Optional.of(new HeldBack(service.name(), guard, reason));
    }
}
