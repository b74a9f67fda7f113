package dev.asrdoctor.check;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServiceState;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.StartType;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.product.ProductService;
import dev.asrdoctor.product.Trait;
import dev.asrdoctor.text.Commands;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every service that the deployment needs is installed and runs (article steps 2 and 9). */
final class ServicesRunning extends AreaCheck<ServicesFacts> {
    /** Crashes within a day that make a loop: so many while the last is fresh, one more otherwise. */
    private static final int CRASH_LOOP = 2;

    private static final Duration FRESH = Duration.ofHours(6);

    ServicesRunning() {
        super(
                FactArea.SERVICES,
                new About(
                        "services.running",
                        "Required services run",
                        2,
                        List.of(FactArea.SERVICES, FactArea.HOST),
                        Profile.QUICK,
                        About.EVERYWHERE,
                        "Each required service does a part of replication that nothing else does: receiving, caching, uploading,"
                                + " reporting. One that is stopped stops replication, or hides that it stopped (also step 9).",
                        "asrdoctor remediate starts what has stopped, dependencies first, and proves that it runs. A service that"
                                + " crashes again needs its log read before it is started once more.",
                        List.of(
                                ServiceLimits.PENDING_TOO_LONG,
                                ServiceLimits.DELAYED_START_GRACE,
                                ServiceLimits.DISABLED_ON_PURPOSE)));
    }

    @Override
    Finding unreadable(Area.Unreadable<ServicesFacts> area) {
        return ServiceFindings.unreadable(this, area);
    }

    @Override
    List<Finding> judge(ServicesFacts services, Context context) {
        ResolvedServer server = context.server();
        Policy policy = context.policy();
        List<Finding> findings = new ArrayList<>();
        int running = 0;
        for (ProductService required : server.deployment().required()) {
            Optional<ServiceFact> found = Installed.find(services, required);
            if (found.isEmpty()) {
                findings.add(notInstalled(required, services, server));
            } else if (found.get().state() == ServiceState.RUNNING) {
                Optional<Finding> loop = crashLoop(required, found.get(), context.facts(), services);
                loop.ifPresent(findings::add);
                running += loop.isPresent() ? 0 : 1;
            } else {
                findings.add(notRunning(required, found.get(), context.facts(), services, policy));
            }
        }
        for (ProductService expected : server.deployment().expected()) {
            Installed.find(services, expected)
                    .filter(service -> service.state() != ServiceState.RUNNING)
                    .map(service -> softened(notRunning(expected, service, context.facts(), services, policy)))
                    .ifPresent(findings::add);
        }
        if (running > 0 && findings.stream().allMatch(finding -> finding.status() == Status.SKIPPED)) {
            findings.addFirst(finding("")
                    .evidence("running", running)
                    .evidence("source", services.source())
                    .is(Status.PASS, Severity.INFO, "all " + running + " required services run", null));
        }
        return findings;
    }

    /** It runs at the moment, and has ended by itself more than once: the Service Control Manager starts it again and again. */
    private Optional<Finding> crashLoop(
            ProductService required, ServiceFact service, Facts facts, ServicesFacts services) {
        List<ServiceEvent> crashes = new ServiceStory(facts, services, service).crashes();
        if (crashes.size() < CRASH_LOOP) {
            return Optional.empty();
        }
        Instant last = crashes.getFirst().at();
        Duration age = LogLines.of(facts).age(last);
        if (crashes.size() == CRASH_LOOP && age.compareTo(FRESH) > 0) {
            return Optional.empty();
        }
        return Optional.of(ServiceFindings.about(this, service, services)
                .evidence("problem", "crash-loop")
                .evidence("crashes", crashes.size())
                .evidence("lastCrash", last.toString())
                .evidence("since", crashes.getLast().at().toString())
                .is(
                        Status.WARN,
                        crashes.size() > CRASH_LOOP ? Installed.severity(required) : Severity.MEDIUM,
                        service.name() + " runs at the moment, but has crashed " + crashes.size()
                                + " times in 24 hours, the last "
                                + Words.duration(age) + " ago",
                        "It will probably crash again, and a restart changes nothing: read its log from just before, and the"
                                + " Application event log for the faulting module."));
    }

    private Finding notInstalled(ProductService required, ServicesFacts services, ResolvedServer server) {
        String name = required.name();
        FindingBuilder finding = finding(name)
                .evidence("service", name)
                .evidence("problem", "not-installed")
                .evidence(
                        "expected",
                        "installed and running on a " + server.deployment().id());
        if (required.cameLater()
                && Installed.isOlderVersion(services, server.deployment().product())) {
            return finding.is(
                    Status.SKIPPED,
                    Severity.INFO,
                    name + " is not there: this is a version of the process server from before it came",
                    null);
        }
        return finding.is(
                Status.FAIL,
                Installed.severity(required),
                name + " is not installed",
                "Check that the inventory names the right deployment ("
                        + server.deployment().id()
                        + "). If it does, "
                        + (server.deployment().is(Trait.APPLIANCE)
                                ? "install the components anew with the appliance's installer."
                                : "repair the installation with the process server's unified setup."));
    }

    private Finding notRunning(
            ProductService required, ServiceFact service, Facts facts, ServicesFacts services, Policy policy) {
        ServiceStory story = new ServiceStory(facts, services, service);
        String name = service.name();
        Severity severity = Installed.severity(required);
        FindingBuilder finding =
                ServiceFindings.about(this, service, services).evidence("eventsError", services.eventsError());
        if (service.startType() == StartType.DISABLED) {
            finding.evidence("problem", "disabled");
            Optional<ServiceEvent> changed = Humans.startTypeChanged(service, services);
            changed.ifPresent(event -> finding.evidence("changedBy", event.by())
                    .evidence("changedAt", event.at().toString())
                    .evidence("byPerson", event.by() == null ? null : (Boolean) Humans.byPerson(event)));
            return ServiceLimits.disabledOnPurpose(policy, service)
                    ? finding.is(
                            Status.SKIPPED, Severity.INFO, name + " is disabled on purpose, as the policy says", null)
                    : finding.is(Status.FAIL, severity, name + " is disabled", ServiceFindings.ifDisabled(name));
        }
        return switch (service.state()) {
            case STOPPED -> stopped(finding, service, story, severity, policy);
            case START_PENDING, STOP_PENDING, CONTINUE_PENDING, PAUSE_PENDING ->
                pending(finding, service, story, severity, policy);
            case PAUSED ->
                finding.evidence("problem", "paused")
                        .is(
                                Status.FAIL,
                                severity,
                                name + " is paused",
                                "Somebody paused it. asrdoctor remediate resumes it, or run: "
                                        + Commands.shown("Resume-Service -Name " + "'" + name + "'"));
            case UNKNOWN, RUNNING ->
                finding.evidence("problem", "unknown-state")
                        .is(
                                Status.UNKNOWN,
                                severity,
                                "the state of " + name + " could not be read",
                                ServiceFindings.query(name));
        };
    }

    private static Finding pending(
            FindingBuilder finding, ServiceFact service, ServiceStory story, Severity severity, Policy policy) {
        String doing = switch (service.state()) {
            case START_PENDING -> "starting";
            case STOP_PENDING -> "stopping";
            case PAUSE_PENDING -> "pausing";
            default -> "resuming";
        };
        Optional<Duration> age = story.pendingFor();
        age.ifPresent(d -> finding.evidence("pendingSeconds", d.toSeconds()));
        boolean stuck = age.isPresent() && age.get().compareTo(policy.get(ServiceLimits.PENDING_TOO_LONG)) > 0;
        finding.evidence("problem", stuck ? "stuck-" + Words.word(service.state()) : Words.word(service.state()));
        String howLong = age.map(d -> " for " + Words.duration(d)).orElse("");
        return stuck
                ? finding.is(
                        Status.FAIL,
                        severity,
                        service.name() + " is stuck " + doing + howLong,
                        "It will not come up by itself. Look at its log; to try again, end its process (PID "
                                + service.processId() + ") and start the service.")
                : finding.is(
                        Status.WARN,
                        severity,
                        service.name() + " is " + doing + howLong,
                        "Check again in " + Words.duration(policy.get(ServiceLimits.PENDING_TOO_LONG)) + ".");
    }

    private Finding stopped(
            FindingBuilder finding, ServiceFact service, ServiceStory story, Severity severity, Policy policy) {
        String name = service.name();
        List<ServiceEvent> crashes = story.crashes();
        if (!crashes.isEmpty()) {
            finding.evidence("crashes", crashes.size())
                    .evidence("lastCrash", crashes.getFirst().at().toString());
        }
        Optional<Blockade> blockade = story.blockade();
        Optional<Duration> booted = story.bootedFor();
        if (service.startType() == StartType.AUTOMATIC_DELAYED
                && booted.isPresent()
                && booted.get().compareTo(policy.get(ServiceLimits.DELAYED_START_GRACE)) < 0
                && crashes.isEmpty()
                && !story.endedWithError()
                && blockade.map(Blockade::mayPass).orElse(true)) {
            return finding.evidence("problem", "not-started-yet")
                    .evidence("bootedSeconds", booted.get().toSeconds())
                    .is(
                            Status.WARN,
                            Severity.LOW,
                            name + " is not started yet: the server booted " + Words.duration(booted.get())
                                    + " ago and its start is delayed",
                            "Check again when the server has been up for "
                                    + Words.duration(policy.get(ServiceLimits.DELAYED_START_GRACE)) + ".");
        }
        return blockade.map(b -> blocked(finding, name, b, severity, policy))
                .orElseGet(() -> ended(finding, service, story, severity));
    }

    private static Finding blocked(
            FindingBuilder finding, String name, Blockade blockade, Severity severity, Policy policy) {
        return finding.evidence("problem", "dependency-not-running")
                .evidence("blockedBy", blockade.chain())
                .evidence("rootCause", blockade.rootName())
                .is(
                        Status.FAIL,
                        severity,
                        name + " cannot run: it depends on " + String.join(" > ", blockade.chain()) + ", "
                                + blockade.words(),
                        blockade.nextAction(name, policy));
    }

    private static Finding ended(FindingBuilder finding, ServiceFact service, ServiceStory story, Severity severity) {
        List<ServiceEvent> crashes = story.crashes();
        String name = service.name();
        Long code = service.exitCode();
        String start =
                "asrdoctor remediate starts it, or run: " + Commands.shown("Start-Service -Name '" + name + "'") + ".";
        if (code == null ? !crashes.isEmpty() : code == ExitCodes.CRASHED) {
            String times = crashes.size() > 1 ? " " + crashes.size() + " times in 24 hours" : "";
            return finding.evidence("problem", "crashed")
                    .is(
                            Status.FAIL,
                            severity,
                            name + " has crashed" + times + " and is stopped",
                            crashes.size() > 1
                                    ? "It will probably crash again: read its log and the Application event log for the faulting"
                                            + " module before starting it."
                                    : start + " If it crashes again, read its log and the Application event log.");
        }
        if (code == null) {
            return finding.evidence("problem", "stopped").is(Status.FAIL, severity, name + " is stopped", start);
        }
        if (code == ExitCodes.STOPPED_ORDINARILY) {
            return stoppedInTheOrdinaryWay(finding, name, story, severity, start);
        }
        if (code == ExitCodes.NEVER_STARTED) {
            return finding.evidence("problem", "never-started")
                    .is(Status.FAIL, severity, name + " was not started since the last boot", start);
        }
        Long own = service.serviceExitCode();
        String words = code == ExitCodes.SERVICE_SPECIFIC && own != null
                ? "it ended with its own error code " + own
                : ExitCodes.words(code);
        return finding.evidence("problem", "ended-with-error")
                .is(
                        Status.FAIL,
                        severity,
                        name + " is stopped: " + words,
                        "Mend that first, or the start will fail again. " + start);
    }

    private static Finding stoppedInTheOrdinaryWay(
            FindingBuilder finding, String name, ServiceStory story, Severity severity, String start) {
        return finding.evidence("problem", "stopped")
                .evidence("stoppedBy", story.stop().map(ServiceEvent::by).orElse(null))
                .evidence(
                        "stoppedMinutes",
                        story.stop()
                                .flatMap(stop -> story.since(stop.at()))
                                .map(Duration::toMinutes)
                                .orElse(null))
                .evidence(
                        "stoppedAt",
                        story.stop().map(stop -> stop.at().toString()).orElse(null))
                .is(
                        Status.FAIL,
                        severity,
                        name + " is stopped; it ended in the ordinary way",
                        "Somebody or something stopped it: ask before starting it if a change is under way. " + start);
    }

    /** A service that only our reading of the article expects is worth a warning, not a failure. */
    private static Finding softened(Finding finding) {
        return finding.status() == Status.FAIL
                ? new Finding(
                        finding.check(),
                        finding.step(),
                        finding.subject(),
                        Status.WARN,
                        Severity.LOW,
                        finding.title(),
                        finding.evidence(),
                        finding.nextAction())
                : finding;
    }
}
