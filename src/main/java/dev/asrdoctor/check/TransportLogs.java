package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.LogFacts;
import dev.asrdoctor.facts.TransportFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
                                + " cxps.err and cxps.xfer. While uploads fail no recovery points are made: error 78028.",
                        "Read the lines. Curl error 6 is a name, 7 a connection, 28 a time-out, 60 a certificate. When both sides"
                                + " answer (source.connection, transport.answer), look at the antivirus exclusions and at free space of"
                                + " the cache; then restart svagents on the source machine and cxprocessserver on the process server.",
                        List.of(PolicySettings.LOG_RECENT, PolicySettings.LOG_NOW)));
    }

    @Override
    List<Finding> judge(TransportFacts transport, Context context) {
        LogLines lines = LogLines.of(context.facts());
        List<Finding> findings = new ArrayList<>();
        addErrors(
                findings,
                "cxps",
                "transfers of the process server",
                transport.logs().stream().filter(log -> named(log, "cxps.")).toList(),
                lines,
                context);
        addErrors(
                findings,
                "svagents",
                "uploads of the mobility agent",
                transport.logs().stream().filter(log -> named(log, "svagents")).toList(),
                lines,
                context);
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
            findings.add(finding("cxpsclient")
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
                            about().fix()));
        }
        if (!findings.isEmpty()) {
            return findings;
        }
        if (transport.logs().isEmpty()) {
            return List.of(finding("missing")
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "no log of transfers was found",
                            "Look for svagents*.log in the mobility agent's folder, and for cxps.err and cxps.xfer under the"
                                    + " process server's transport\\log."));
        }
        return pass(
                finding("")
                        .evidence(
                                "logs",
                                transport.logs().stream().map(LogFacts::name).toList())
                        .evidence("transferTest", test != null ? "passed" : null),
                test == null
                        ? "the logs of transfers tell no failures"
                        : "the logs and a test transfer tell no failures");
    }

    private void addErrors(
            List<Finding> findings, String subject, String what, List<LogFacts> logs, LogLines lines, Context context) {
        LogErrors errors = LogErrors.of(logs, lines, context.get(PolicySettings.LOG_RECENT), line -> true);
        if (errors.none()) {
            return;
        }
        boolean now = errors.within(lines, context.get(PolicySettings.LOG_NOW));
        findings.add(errors.addTo(finding(subject))
                .evidence("error", "78028")
                .evidence("now", now)
                .is(
                        now ? Status.FAIL : Status.WARN,
                        now ? Severity.HIGH : Severity.LOW,
                        what + (now ? " fail: " : " failed before: ") + Words.count(errors.count(), "line")
                                + ", the last " + HeartbeatLogs.ago(errors.last(), lines) + " (error 78028)",
                        about().fix()));
    }

    private static boolean named(LogFacts log, String prefix) {
        return log.name().toLowerCase(Locale.ROOT).startsWith(prefix);
    }
}
