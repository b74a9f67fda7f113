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
        Duration least = patient.policy().get(RailLimits.MINIMUM_UPTIME);
        HostFacts host = patient.facts().read(FactArea.HOST);
        Optional<Objection> staysDown = ServiceGuardRails.staysDown(engine, patient, services);
        if (engine.processId() == null || engine.processId() == 0) {
            hold(draft, engine, "process-unread", "its process could not be read, so a restart could not be proven");
        } else if (staysDown.isPresent()) {
            hold(draft, engine, staysDown.get().guard(), staysDown.get().reason());
        } else if (!patient.passes("firewall.urls")) {
            hold(
                    draft,
                    engine,
                    "azure-unreachable",
                    "Azure's URLs do not all answer from there (firewall.urls), so a" + " restart would not help");
        } else if (!patient.wrong("proxy.same").isEmpty()) {
            hold(draft, engine, "proxy-differs", "its proxy is not the product's (proxy.same); put that right first");
        } else if (!patient.passes("proxy.same") && patient.waived("proxy.same").isEmpty()) {
            hold(draft, engine, "proxy-unread", "nobody knows whether its proxy is the product's (proxy.same)");
        } else if (host == null || engine.processStartedAt() == null) {
            hold(draft, engine, "start-unread", "nobody knows how long ago it started, and a young one is left alone");
        } else if (Duration.between(engine.processStartedAt(), host.utcNow()).compareTo(least) < 0) {
            hold(
                    draft,
                    engine,
                    "started-recently",
                    "it started only " + Words.duration(Duration.between(engine.processStartedAt(), host.utcNow()))
                            + " ago");
        } else {
            draft.add(Step.of(
                            Remedy.RESTART_AGENT,
                            Step.Action.RESTART,
                            engine.name(),
                            "upload.connections: " + silent.get().title())
                    .change(String.valueOf(engine.processId()), ""));
        }
    }

    /** Connections that nobody answers are the network's fault and not the agent's; null where none were read. */
    private static @Nullable Object number(Finding finding) {
        return finding.evidence().get("synSent");
    }

    private static void hold(Draft draft, ServiceFact engine, String guard, String reason) {
        draft.hold(HeldBack.of(Remedy.RESTART_AGENT, engine.name(), guard, reason));
    }
}
