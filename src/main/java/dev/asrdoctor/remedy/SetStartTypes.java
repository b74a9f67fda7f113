package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Humans;
import dev.asrdoctor.check.Installed;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.ProductService;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.Map;

/** Lets required services start by themselves (article step 2; docs/facts.md, "Start types"). */
final class SetStartTypes implements Remedy.Plan {
    static final Setting<RemedyMode> MODE =
            Setting.mode("startTypes", RemedyMode.NEVER, "set required services that are Manual to startTypeWanted");
    static final Setting<StartType> WANTED = Setting.choice(
            "remedies",
            "startTypeWanted",
            "startType",
            Map.of("automatic", StartType.AUTOMATIC, "automatic-delayed", StartType.AUTOMATIC_DELAYED),
            StartType.AUTOMATIC_DELAYED,
            "automatic or automatic-delayed");

    @Override
    public List<Setting<?>> limits() {
        return List.of(WANTED);
    }

    @Override
    public void plan(Patient patient, Draft draft) {
        ServicesFacts services = patient.services();
        if (services == null) {
            return;
        }
        String wanted = Words.word(patient.policy().get(WANTED));
        for (Finding finding : patient.wrong("services.start-type")) {
            services.named(finding.subject())
                    .ifPresent(service -> plan(
                            service, finding, wanted, services, patient.server().deployment(), draft));
        }
    }

    private static void plan(
            ServiceFact service,
            Finding finding,
            String wanted,
            ServicesFacts services,
            Deployment deployment,
            Draft draft) {
        String name = service.name();
        if (service.startType() == StartType.DISABLED) {
            draft.hold(HeldBack.of(
                    Remedy.SET_START_TYPE,
                    name,
                    "disabled",
                    "it is disabled, and somebody may have meant that" + Humans.whoDisabled(service, services)
                            + "; enable it by hand if not" + Humans.enable(name)));
            return;
        }
        boolean unregistered = deployment.product().services().values().stream()
                .filter(ProductService::manualUntilRegistered)
                .flatMap(agent -> Installed.find(services, agent).stream())
                .anyMatch(agent -> agent.name().equalsIgnoreCase(name));
        if (unregistered) {
            draft.hold(HeldBack.of(
                    Remedy.SET_START_TYPE,
                    name,
                    "unregistered",
                    "set-up leaves it at Manual until the agent has registered; check the registration with the"
                            + " configuration server first"));
            return;
        }
        if (isInferred(name, services, deployment)) {
            draft.hold(HeldBack.of(
                    Remedy.SET_START_TYPE,
                    name,
                    "not-documented",
                    "no document tells how set-up leaves it; look whether it comes up by itself after a boot"));
            return;
        }
        StartType startType = service.startType();
        if (startType == StartType.MANUAL) {
            draft.add(Step.of(
                            Remedy.SET_START_TYPE,
                            Step.Action.SET_START_TYPE,
                            name,
                            "services.start-type: " + finding.title())
                    .change(Words.word(startType), wanted));
        }
    }

    private static boolean isInferred(String name, ServicesFacts services, Deployment deployment) {
        return deployment.required().stream()
                .filter(ProductService::startTypeInferred)
                .flatMap(known -> Installed.find(services, known).stream())
                .anyMatch(known -> known.name().equalsIgnoreCase(name));
    }
}
