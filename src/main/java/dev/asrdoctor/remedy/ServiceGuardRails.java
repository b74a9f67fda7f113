package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Humans;
import dev.asrdoctor.check.ServiceLimits;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The guard rails that one service's own facts decide. */
final class ServiceGuardRails {
    static final List<GuardRail> ALL = List.of(
            ApplianceRails::atRest,
            ServiceGuardRails::disabledOnPurpose,
            ServiceGuardRails::disabled,
            ServiceGuardRails::borne,
            ServiceGuardRails::settingsUnread,
            ServiceGuardRails::stoppedByPerson,
            ServiceGuardRails::inTransit,
            ServiceGuardRails::unknown,
            ServiceGuardRails::circle,
            ServiceGuardRails::brokenDependency);

    /** What a service that runs is asked before it is stopped for a restart: whether it may start again. */
    private static final List<GuardRail> STARTS_AGAIN = List.of(
            ApplianceRails::atRest,
            ServiceGuardRails::disabledOnPurpose,
            ServiceGuardRails::disabled,
            ServiceGuardRails::settingsUnread,
            ServiceGuardRails::inTransit,
            ServiceGuardRails::unknown,
            ServiceGuardRails::circle,
            ServiceGuardRails::brokenDependency);

    private ServiceGuardRails() {}

    static Optional<HeldBack> firstObjection(ServiceFact service, Patient patient, ServicesFacts services) {
        return first(ALL, service, patient, services)
                .map(why -> HeldBack.of(Remedy.SERVICES, service.name(), why.guard(), why.reason()));
    }

    private static Optional<Objection> first(
            List<GuardRail> rails, ServiceFact service, Patient patient, ServicesFacts services) {
        return rails.stream()
                .map(rail -> rail.objection(service, services, patient))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Why a service that runs may not be stopped for a restart: it, or what runs on top of it and is stopped for its sake,
     * might not start again. The remedy script asks once more, of every dependant, before it stops the first.
     */
    static Optional<Objection> staysDown(ServiceFact service, Patient patient, ServicesFacts services) {
        Optional<Objection> own = first(STARTS_AGAIN, service, patient, services);
        return own.isPresent()
                ? own
                : Dependencies.runningAbove(service, services).stream()
                        .flatMap(other -> first(STARTS_AGAIN, other, patient, services).stream()
                                .map(why -> new Objection(
                                        "dependant-" + why.guard(),
                                        other.name() + ", which runs on top of it, might not start again: "
                                                + why.reason())))
                        .findFirst();
    }

    private static Optional<Objection> disabledOnPurpose(ServiceFact service, ServicesFacts services, Patient patient) {
        return ServiceLimits.disabledOnPurpose(patient.policy(), service)
                ? Objection.of("disabled-on-purpose", "the policy says that it is disabled on purpose")
                : Optional.empty();
    }

    private static Optional<Objection> disabled(ServiceFact service, ServicesFacts services, Patient patient) {
        return service.startType() == StartType.DISABLED
                ? Objection.of(
                        "disabled",
                        "it is disabled, and somebody may have meant that" + Humans.whoDisabled(service, services)
                                + "; enable it by hand if not" + Humans.enable(service.name()))
                : Optional.empty();
    }

    /** What the policy bears, or does not look at, is not mended behind its back. */
    private static Optional<Objection> borne(ServiceFact service, ServicesFacts services, Patient patient) {
        return patient.borne("services.running", service.name());
    }

    /** What a service depends on stands beside its start type. */
    private static Optional<Objection> settingsUnread(ServiceFact service, ServicesFacts services, Patient patient) {
        return service.startType() == null
                ? Objection.of(
                        "settings-unread",
                        "its settings could not be read, so nobody knows whether it is disabled and what it depends on;"
                                + " let the account read HKLM\\SYSTEM\\CurrentControlSet\\Services\\" + service.name())
                : Optional.empty();
    }

    private static Optional<Objection> stoppedByPerson(ServiceFact service, ServicesFacts services, Patient patient) {
        return stop(service, services, patient)
                .map(stop -> new Objection(stop.guard(), stop.ofIt() + respected(patient)));
    }

    /**
     * A stop that is respected, or may have to be.
     *
     * @param ofIt in words, where the service itself was stopped
     * @param ofThat in words, where it was what the service depends on
     */
    private record Stop(String guard, String ofIt, String ofThat) {
        private static Stop by(ServiceEvent stop) {
            return new Stop(
                    "stopped-by-person",
                    stop.by() + " stopped it at " + stop.at(),
                    "which " + stop.by() + " stopped at " + stop.at());
        }

        private static Stop unread(String error) {
            String why = ", because the event log could not be read (" + error
                    + "); put the account into the server's group Event Log Readers";
            return new Stop(
                    "stop-unread",
                    "nobody knows whether a person stopped it" + why,
                    "and nobody knows whether a person stopped that" + why);
        }
    }

    /** Who stopped a service stands in the event log alone; where that could not be read, it may have been a person. */
    private static Optional<Stop> stop(ServiceFact service, ServicesFacts services, Patient patient) {
        Duration respected = patient.policy().get(RailLimits.HUMAN_STOP);
        if (service.state() != ServiceState.STOPPED || respected.isZero()) {
            return Optional.empty();
        }
        if (services.eventsError() != null) {
            return Optional.of(Stop.unread(services.eventsError()));
        }
        HostFacts host = patient.facts().read(FactArea.HOST);
        return Humans.stopped(service, services)
                .filter(stop -> host == null || stop.at().isAfter(host.utcNow().minus(respected)))
                .map(Stop::by);
    }

    private static String respected(Patient patient) {
        return "; that is respected for " + Words.duration(patient.policy().get(RailLimits.HUMAN_STOP))
                + " (guardRails.humanStop)";
    }

    private static Optional<Objection> inTransit(ServiceFact service, ServicesFacts services, Patient patient) {
        return service.state().pending()
                ? Objection.of(
                        "in-transit",
                        "it is " + Words.word(service.state()) + "; wait for it, or end its process" + pid(service)
                                + " by hand")
                : Optional.empty();
    }

    private static String pid(ServiceFact service) {
        Long pid = service.processId();
        return pid == null || pid == 0 ? "" : " (PID " + pid + ")";
    }

    private static Optional<Objection> unknown(ServiceFact service, ServicesFacts services, Patient patient) {
        return service.state() == ServiceState.UNKNOWN
                ? Objection.of("unknown-state", "its state could not be read")
                : Optional.empty();
    }

    private static Optional<Objection> circle(ServiceFact service, ServicesFacts services, Patient patient) {
        return Dependencies.circleThrough(service, services)
                .map(circle -> new Objection(
                        "dependency-circle",
                        "its dependencies form a circle, which Windows cannot start: " + String.join(" > ", circle)));
    }

    private static Optional<Objection> brokenDependency(ServiceFact service, ServicesFacts services, Patient patient) {
        return Dependencies.allOf(service, services).stream()
                .flatMap(name -> services
                        .named(name)
                        .map(dependency -> broken(dependency, services, patient))
                        .orElseGet(() -> Objection.of("missing", "which is not installed"))
                        .stream()
                        .map(why -> new Objection(
                                "dependency-" + why.guard(), "it depends on " + name + ", " + why.reason())))
                .findFirst();
    }

    /** Why Windows, which starts a stopped dependency by itself, should not start this one. */
    private static Optional<Objection> broken(ServiceFact dependency, ServicesFacts services, Patient patient) {
        if (dependency.state() == ServiceState.RUNNING) {
            return Optional.empty();
        }
        if (dependency.startType() == StartType.DISABLED) {
            return Objection.of("disabled", "which is disabled");
        }
        if (ServiceLimits.disabledOnPurpose(patient.policy(), dependency)) {
            return Objection.of("disabled", "which the policy says is disabled on purpose");
        }
        if (dependency.startType() == null) {
            return Objection.of(
                    "settings-unread",
                    "whose settings could not be read, so nobody knows whether it is disabled and what it depends on");
        }
        if (dependency.state() == ServiceState.STOP_PENDING
                || dependency.state() == ServiceState.PAUSE_PENDING
                || dependency.state() == ServiceState.UNKNOWN) {
            return Objection.of("in-transit", "whose state is " + Words.word(dependency.state()));
        }
        return stop(dependency, services, patient)
                .map(stop -> new Objection(stop.guard(), stop.ofThat() + respected(patient)))
                .or(() -> patient.borne("services.running", dependency.name())
                        .map(why -> new Objection(why.guard(), "and " + why.reason())));
    }
}
