package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.LogFacts;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.SourceFacts;
import dev.asrdoctor.facts.TransportFacts;
import dev.asrdoctor.product.Trait;
import dev.asrdoctor.text.Commands;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A source machine's agent reaches the configuration server that it was told of, and is alive (docs/facts.md,
 * "Configuration server").
 */
final class SourceHeartbeat extends AreaCheck<SourceFacts> {
    private static final String AGENT = "svagents";

    SourceHeartbeat() {
        super(
                FactArea.SOURCE,
                new About(
                        "source.heartbeat",
                        "The source machine reports to its configuration server or appliance",
                        3,
                        List.of(FactArea.SOURCE, FactArea.TRANSPORT, FactArea.SERVICES, FactArea.HOST),
                        Profile.QUICK,
                        About.SOURCES,
                        "The mobility agent asks the configuration server for its settings and tells it that it lives. Without that"
                                + " the portal shows error 78174, and protection stops sooner or later.",
                        "Compare 'Hostname' and 'Port' in drscout.conf (Application Data\\etc below the agent's folder) with the"
                                + " configuration server of the process server. Where they are wrong, register the agent again:"
                                + " UnifiedAgentConfigurator.exe /CSEndPoint ADDRESS /PassphraseFilePath FILE. Where they are right, open"
                                + " TCP 443 from the source machine to the configuration server.",
                        List.of(LogLimits.AGENT_SILENT)));
    }

    @Override
    List<Finding> judge(SourceFacts source, Context context) {
        List<Finding> findings = new ArrayList<>();
        ConnectionFacts connection = source.configurationServer();
        if (connection != null) {
            findings.add(connection(connection, context));
        }
        if (context.server().deployment().is(Trait.JOINED) && source.controls() != null) {
            joined(source.controls(), context).ifPresent(findings::add);
        }
        silent(context).ifPresent(findings::add);
        return findings.isEmpty() ? skipped("nothing tells whom the agent asks") : findings;
    }

    /** The agent tries each of them and then the name: one that answers is enough. */
    private Optional<Finding> joined(List<ConnectionFacts> controls, Context context) {
        if (controls.isEmpty()) {
            return Optional.empty();
        }
        List<String> failed = controls.stream()
                .filter(connection -> !connection.connected())
                .map(connection -> connection.target() + " (" + Reach.word(connection) + ")")
                .toList();
        FindingBuilder finding = finding("appliance")
                .evidence("source", context.server().name())
                .evidence("processServer", context.server().role().processServer())
                .evidence(
                        "tried", controls.stream().map(ConnectionFacts::target).toList())
                .evidence("failed", failed.isEmpty() ? null : failed);
        return Optional.of(
                failed.size() == controls.size()
                        ? finding.is(
                                Status.FAIL,
                                Severity.HIGH,
                                "it does not reach the control port of the appliance that it was joined to: "
                                        + String.join(", ", failed),
                                "Open TCP 443 from the source machine to the appliance, let its name resolve here, and look at"
                                        + " appliance.firewall-inbound there.")
                        : finding.is(
                                Status.PASS,
                                Severity.INFO,
                                "it reaches the control port of its appliance by " + (controls.size() - failed.size())
                                        + " of " + Words.count(controls.size(), "address"),
                                null));
    }

    private Finding connection(ConnectionFacts connection, Context context) {
        Optional<ControlPort> trouble = ControlPort.trouble(connection, about().fix());
        FindingBuilder finding = finding("configuration-server")
                .evidence("source", context.server().name())
                .evidence("configurationServer", connection.target())
                .evidence("processServer", context.server().role().processServer())
                .evidence("result", trouble.map(ControlPort::result).orElse("ok"))
                .evidence("code", connection.code())
                .evidence("httpStatus", connection.httpStatus())
                .evidence("millis", connection.millis())
                .evidence("error", trouble.isEmpty() ? null : "78174");
        return trouble.map(what -> finding.is(
                        what.status(),
                        what.severity(),
                        "the configuration server that its agent was told of, " + connection.target() + ", "
                                + what.words() + " (error 78174)",
                        what.nextAction()))
                .orElseGet(() -> finding.is(
                        Status.PASS,
                        Severity.INFO,
                        "its configuration server " + connection.target() + " answers",
                        null));
    }

    /** An agent that works writes to its log every few minutes; one that was started a moment ago may not have yet. */
    private Optional<Finding> silent(Context context) {
        TransportFacts transport = context.read(FactArea.TRANSPORT);
        ServicesFacts services = context.read(FactArea.SERVICES);
        if (transport == null || services == null) {
            return Optional.empty();
        }
        Optional<ServiceFact> agent = services.services().stream()
                .filter(service -> service.name().equalsIgnoreCase(AGENT) && service.state() == ServiceState.RUNNING)
                .findFirst();
        Optional<LogFacts> newest = transport.logs().stream()
                .filter(log -> log.name().toLowerCase(Locale.ROOT).startsWith(AGENT))
                .max(Comparator.comparing(LogFacts::modifiedAt));
        if (agent.isEmpty() || newest.isEmpty()) {
            return Optional.empty();
        }
        // A folder that may not be listed may hold a newer one.
        if (LogErrors.unlisted(transport.logs())) {
            return Optional.empty();
        }
        LogLines lines = LogLines.of(context.facts());
        Duration limit = context.get(LogLimits.AGENT_SILENT);
        Duration age = lines.age(newest.get().modifiedAt());
        boolean young = agent.get().processStartedAt() != null
                && lines.age(agent.get().processStartedAt()).compareTo(limit) < 0;
        return age.compareTo(limit) <= 0 || young
                ? Optional.empty()
                : Optional.of(finding("silent")
                        .evidence("log", newest.get().name())
                        .evidence("silentMinutes", age.toMinutes())
                        .evidence("error", "78174")
                        .is(
                                Status.WARN,
                                Severity.MEDIUM,
                                "svagents runs, but its log has been silent for " + Words.duration(age),
                                "Look first whether this machine is registered and protected in the portal, and whether the agent's"
                                        + " drive has space. Where both are in order, restart the agent: "
                                        + Commands.shown("Restart-Service svagents")
                                        + " and look whether its log grows."));
    }
}
