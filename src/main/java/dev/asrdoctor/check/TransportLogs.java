package dev.asrdoctor.check;

import dev.asrdoctor.check.LogErrors.Told;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.LogFacts;
import dev.asrdoctor.facts.TransportFacts;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The logs of transfers tell no failures (article step 7; docs/facts.md, "Logs"). */
final class TransportLogs extends AreaCheck<TransportFacts> {
    TransportLogs() {
        super(
                FactArea.TRANSPORT,
                new About(
                        "transport.logs",
                        "Transfers succeed",
                        7,
                        List.of(FactArea.TRANSPORT, FactArea.HOST),
                        Profile.FULL,
                        About.EVERYWHERE,
                        "The mobility agent's uploads and the process server's transfers leave their failures in svagents*.log,"
                                + " cxps.err and cxps.xfer. While uploads fail no recovery points are made: error 78028. Requests that the"
                                + " data port does not know, sessions without work, and what has come through since are no failures.",
                        "Read the lines. Curl error 6 is a name, 7 a connection, 28 a time-out, 35 TLS, 60 a certificate. When both sides"
                                + " answer (source.connection, transport.answer), look at the antivirus exclusions and at free space of"
                                + " the cache.",
                        List.of(LogLimits.LOG_RECENT, LogLimits.LOG_NOW)));
    }

    @Override
    List<Finding> judge(TransportFacts transport, Context context) {
        LogLines lines = LogLines.of(context.facts());
        List<Finding> findings = new ArrayList<>();
        List<LogFacts> ofPort = named(transport, "cxps.");
        List<LogFacts> ofAgent = named(transport, "svagents");
        TransferHistory port = TransferHistory.of(ofPort, lines, context.policy());
        TransferHistory agent = TransferHistory.of(ofAgent, lines, context.policy());
        addErrors(findings, "cxps", "transfers of the process server", port.lasting(), lines, context);
        addErrors(findings, "svagents", "uploads of the mobility agent", agent.lasting(), lines, context);
        addConfigurationServer(findings, agent, lines, context);
        addUnrelated(findings, agent, lines);
        List<String> unreadable = LogErrors.unreadable(transport.logs());
        if (!unreadable.isEmpty()) {
            findings.add(finding("unreadable")
                    .evidence("logs", unreadable)
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "logs of transfers could not be read: " + String.join(", ", unreadable),
                            "Check that the account may read them."));
        }
        TransportFacts.TransferTest test = transport.transferTest();
        if (test != null && (!test.finished() || !test.failures().isEmpty())) {
            findings.add(failed(test, context));
        }
        if (!findings.isEmpty()) {
            return findings;
        }
        return transport.logs().isEmpty()
                ? List.of(missing())
                : quiet(transport, port.passed() + agent.passed(), lines, context);
    }

    private Finding failed(TransportFacts.TransferTest test, Context context) {
        return finding("cxpsclient")
                .evidence("finished", test.finished())
                .evidence("failures", test.failures())
                .evidence("processServer", context.server().role().processServer())
                .is(
                        Status.FAIL,
                        Severity.HIGH,
                        test.finished()
                                ? "the vendor's transfer test fails: "
                                        + test.failures().getFirst()
                                : "the vendor's transfer test does not end",
                        about().fix());
    }

    private Finding missing() {
        return finding("missing")
                .is(
                        Status.UNKNOWN,
                        Severity.LOW,
                        "no log of transfers was found",
                        "Look for svagents*.log in the mobility agent's folder, and for cxps.err and cxps.xfer under the"
                                + " process server's transport\\log.");
    }

    private List<Finding> quiet(TransportFacts transport, long passed, LogLines lines, Context context) {
        boolean tested = transport.transferTest() != null;
        String begun = begun(transport.logs(), lines, context.get(LogLimits.LOG_NOW));
        return pass(
                finding("")
                        .evidence(
                                "logs",
                                transport.logs().stream().map(LogFacts::name).toList())
                        .evidence("passing", passed == 0 ? null : passed)
                        .evidence("begun", begun.isEmpty() ? null : begun)
                        .evidence("transferTest", tested ? "passed" : null),
                (tested ? "the logs and a test transfer tell no failures" : "the logs of transfers tell no failures")
                        + (passed == 0 ? "" : " that last")
                        + (begun.isEmpty() ? "" : ", but hold little: " + begun));
    }

    /** Logs that were begun a moment ago: what stood in those before is packed and was not read. */
    private static String begun(List<LogFacts> logs, LogLines lines, Duration window) {
        List<String> begun = new ArrayList<>();
        for (LogFacts log : logs) {
            String first = log.firstLine();
            Optional<Instant> at = first == null || !log.whole() ? Optional.empty() : lines.time(first);
            if (at.isPresent() && lines.age(at.get()).compareTo(window) < 0) {
                begun.add(log.name() + " was begun " + Words.duration(lines.age(at.get())) + " ago");
            }
        }
        return String.join(", ", begun);
    }

    private void addErrors(
            List<Finding> findings, String subject, String what, List<Told> told, LogLines lines, Context context) {
        LogErrors errors = LogErrors.of(told, lines);
        if (errors.none()) {
            return;
        }
        boolean now = errors.within(lines, context.get(LogLimits.LOG_NOW));
        findings.add(errors.addTo(finding(subject))
                .evidence("error", "78028")
                .evidence("now", now)
                .is(
                        now ? Status.FAIL : Status.WARN,
                        now ? Severity.HIGH : Severity.LOW,
                        what + (now ? " fail: " : " failed before: ") + when(errors, lines) + " (error 78028)",
                        about().fix()));
    }

    /** What the mobility agent says of the configuration server is no transfer. */
    private void addConfigurationServer(
            List<Finding> findings, TransferHistory agent, LogLines lines, Context context) {
        LogErrors errors = LogErrors.of(agent.ofConfigurationServer(), lines);
        if (errors.none()) {
            return;
        }
        boolean now = errors.within(lines, context.get(LogLimits.LOG_NOW));
        findings.add(errors.addTo(finding("configuration-server"))
                .evidence("error", "78174")
                .evidence("now", now)
                .is(
                        now ? Status.FAIL : Status.WARN,
                        now ? Severity.HIGH : Severity.LOW,
                        "the mobility agent "
                                + (now ? "does not reach" : "did not reach")
                                + " its configuration server" + (now ? ": " : " before: ") + when(errors, lines)
                                + " (error 78174)",
                        "Compare the configuration server's address in the agent's drscout.conf with the right one, and try its"
                                + " port from this machine."));
    }

    /** An error that says nothing of data is told, and alarms nobody. */
    private void addUnrelated(List<Finding> findings, TransferHistory agent, LogLines lines) {
        LogErrors errors = LogErrors.of(agent.unrelated(), lines);
        if (!errors.none()) {
            findings.add(errors.addTo(finding("svagents-errors"))
                    .is(
                            Status.PASS,
                            Severity.INFO,
                            "the mobility agent's log tells errors that are not about its data: " + when(errors, lines),
                            null));
        }
    }

    private static String when(LogErrors errors, LogLines lines) {
        return Words.count(errors.count(), "line") + ", the last " + HeartbeatLogs.ago(errors.last(), lines);
    }

    private static List<LogFacts> named(TransportFacts transport, String prefix) {
        return transport.logs().stream()
                .filter(log -> log.name().toLowerCase(Locale.ROOT).startsWith(prefix))
                .toList();
    }
}
