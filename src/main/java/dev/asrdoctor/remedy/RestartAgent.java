package dev.asrdoctor.remedy;

import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.Installed;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.policy.RemedyMode;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Restarts the MARS agent where data waits, Azure answers, and it holds no connection (article step 9). */
final class RestartAgent implements Remedy.Plan {
    static final Setting<RemedyMode> MODE = Setting.mode(
            "restartAgent",
            RemedyMode.NEVER,
            "restart obengine where data waits, Azure answers, and it holds no connection");

    @Override
    public void plan(Patient patient, Draft draft) {
        ServicesFacts services = patient.services();
        Optional<Finding> silent = patient.wrong("upload.connections").stream()
                .filter(finding ->
                        finding.status() == Status.FAIL && Integer.valueOf(0).equals(number(finding)))
                .findFirst();
        if (silent.isEmpty() || services == null) {
            return;
        }
        Optional<ServiceFact> agent = Installed.uploader(
                        services, patient.server().product())
                .filter(service -> service.state() == ServiceState.RUNNING);
        if (agent.isEmpty() || draft.touches(agent.get().name())) {
            return;
        }
        ServiceFact engine = agent.get();
        Optional<Objection> objection = objection(engine, patient, services);
        if (objection.isPresent()) {
            draft.hold(HeldBack.of(
                    Remedy.RESTART_AGENT,
                    engine.name(),
                    objection.get().guard(),
                    objection.get().reason()));
            return;
        }
        draft.add(Step.of(
                        Remedy.RESTART_AGENT,
                        Step.Action.RESTART,
                        engine.name(),
                        "upload.connections: " + silent.get().title())
                .change(String.valueOf(engine.processId()), ""));
    }

    /** Why a restart would not help, could not be proven, or would do harm. */
    private static Optional<Objection> objection(ServiceFact engine, Patient patient, ServicesFacts services) {
        if (engine.processId() == null || engine.processId() == 0) {
            return Objection.of("process-unread", "its process could not be read, so a restart could not be proven");
        }
        Optional<Objection> staysDown = ServiceGuardRails.staysDown(engine, patient, services);
        if (staysDown.isPresent()) {
            return staysDown;
        }
        if (!patient.passes("firewall.urls")) {
            return Objection.of(
                    "azure-unreachable",
                    "Azure's URLs do not all answer from there (firewall.urls), so a restart would not help");
        }
        if (!patient.wrong("proxy.same").isEmpty()) {
            return Objection.of("proxy-differs", "its proxy is not the product's (proxy.same); put that right first");
        }
        if (!patient.passes("proxy.same") && patient.waived("proxy.same").isEmpty()) {
            return Objection.of("proxy-unread", "nobody knows whether its proxy is the product's (proxy.same)");
        }
        return young(engine, patient);
    }

    private static Optional<Objection> young(ServiceFact engine, Patient patient) {
        HostFacts host = patient.facts().read(FactArea.HOST);
        if (host == null || engine.processStartedAt() == null) {
            return Objection.of("start-unread", "nobody knows how long ago it started, and a young one is left alone");
        }
        Duration age = Duration.between(engine.processStartedAt(), host.utcNow());
        return age.compareTo(patient.policy().get(RailLimits.MINIMUM_UPTIME)) < 0
                ? Objection.of("started-recently", "it started only " + Words.duration(age) + " ago")
                : Optional.empty();
    }

    /** Connections that nobody answers are the network's fault and not the agent's; null where none were read. */
    private static @Nullable Object number(Finding finding) {
        return finding.evidence().get("synSent");
    }
}
