package dev.asrdoctor.remedy;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.store.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A restart that was to let a service take what an earlier step had set, and of which nobody has proven that it happened:
 * as long as the service runs in that same process, the remedy is done by half, although what was set reads as right.
 *
 * @param service that was to be restarted
 * @param process its process id at that time
 * @param at when it was meant
 */
public record Unfinished(String service, String process, Instant at) {

    /**
     * What a server's history leaves open; the newest attempt at a service decides.
     *
     * @param history the oldest first
     */
    public static List<Unfinished> of(String server, List<Attempt> history) {
        Map<String, Optional<Unfinished>> open = new LinkedHashMap<>();
        for (Attempt attempt : history) {
            if (attempt.isOf(server)) {
                takes(attempt)
                        .forEach((service, process) -> open.put(
                                Dependencies.key(service),
                                Optional.of(new Unfinished(service, process, attempt.at()))));
                attempt.services().stream()
                        .filter(service -> Results.verified(attempt, service))
                        .forEach(service -> open.put(Dependencies.key(service), Optional.empty()));
            }
        }
        List<Unfinished> left = new ArrayList<>();
        open.values().forEach(one -> one.ifPresent(left::add));
        return left;
    }

    /** None where the journal tells that what was to be taken was not set; the last attempt before that still counts. */
    private static Map<String, String> takes(Attempt attempt) {
        return Results.failed(attempt, Step.Action.SET_MARS_PROXY.word() + " " + AlignProxy.MARS)
                        || Results.keptOut(attempt)
                ? Map.of()
                : attempt.takes();
    }

    /** Plans the rest, where the service still runs in the process that was to be replaced. */
    void plan(Patient patient, Draft draft) {
        ServicesFacts services = patient.services();
        Optional<ServiceFact> found = services == null ? Optional.empty() : services.named(service);
        HostFacts host = patient.facts().read(FactArea.HOST);
        boolean bootedSince =
                host != null && host.bootedAt() != null && host.bootedAt().isAfter(at);
        if (found.isEmpty()
                || bootedSince
                || draft.touches(service)
                || found.get().state() != ServiceState.RUNNING
                || !process.equals(String.valueOf(found.get().processId()))) {
            return;
        }
        String why = "it still runs in the process from before its proxy was set at " + at
                + ", so the proxy that stands there is not the one it uses";
        objection(patient)
                .ifPresentOrElse(
                        stays -> draft.hold(HeldBack.of(
                                Remedy.PROXY, found.get().name(), stays.guard(), why + "; " + stays.reason())),
                        () -> draft.add(Step.of(
                                        Remedy.PROXY,
                                        Step.Action.RESTART,
                                        found.get().name(),
                                        why)
                                .change(process, "")));
    }

    /** A proxy that worked when it was set may not work any more, and until the restart the service does not use it. */
    private static Optional<Objection> objection(Patient patient) {
        if (patient.policy().disabledChecks().contains("proxy.same")) {
            return patient.borne("proxy.same", "");
        }
        ProxyFacts proxies = patient.facts().read(FactArea.PROXY);
        return proxies == null || proxies.marsError() != null
                ? Objection.of("proxy-unread", "the proxy that stands there could not be read")
                : WantedProxy.objection(patient, AlignProxy.target(AlignProxy.mars(proxies)), true)
                        .or(() -> AlignProxy.engineStays(patient));
    }
}
