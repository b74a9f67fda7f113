package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.LogFacts;
import dev.asrdoctor.facts.MarsLogFacts;
import dev.asrdoctor.facts.ProxyFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The MARS agent's trace tells no failed connections to Azure (article step 10; docs/facts.md, "Logs"). */
final class MarsLog extends AreaCheck<MarsLogFacts> {
    /** Windows' words are in its display language; its numbers are not. */
    private static final Pattern FAILURE =
            Pattern.compile("(?i)connection attempt failed|\\b1006[015]\\b|\\b407\\b|\\b(12002|12007|12029|12175)\\b"
                    + "|0x80072EE2|0x80072EE7|0x80072EFD|0x80072F8F|0x80790100|0x80790300|0x80790305");

    /** Process, thread, day, time, component, file, object, task, machine and level stand before it. */
    private static final int MESSAGE = 10;

    private static final Pattern CONTACT = Pattern.compile(":443(?!\\d)");
    private static final Pattern LEVEL = Pattern.compile("\\t(WARNING|FATAL)\\t");

    MarsLog() {
        super(
                FactArea.MARS_LOG,
                new About(
                        "mars.log",
                        "The MARS agent's trace tells no failed connections",
                        10,
                        List.of(FactArea.MARS_LOG, FactArea.HOST, FactArea.PROXY),
                        Profile.FULL,
                        About.UPLOADING,
                        "What keeps cbengine.exe from Azure stands in CBEngineCurr.errlog, with the public address that it could not"
                                + " reach.",
                        "Allow TCP 443 to the addresses named, or better to the URLs of Azure Site Recovery, in the firewalls on the"
                                + " way; 407 is a proxy that asks for credentials, 12175 and 0x80072F8F are TLS, 12007 a name.",
                        List.of(PolicySettings.LOG_RECENT, PolicySettings.LOG_NOW)));
    }

    /** Numbers mean something in the message alone: a time of 407 milliseconds is no answer of a proxy. */
    private static String message(String line) {
        String[] columns = line.split("\t", MESSAGE + 1);
        return columns.length > MESSAGE ? columns[MESSAGE] : line;
    }

    static boolean tellsFailure(String line) {
        return FAILURE.matcher(message(line)).find()
                || (CONTACT.matcher(line).find() && LEVEL.matcher(line).find());
    }

    @Override
    List<Finding> judge(MarsLogFacts mars, Context context) {
        if (mars.folder() == null) {
            return skipped("no MARS agent is installed");
        }
        LogLines lines = LogLines.of(context.facts());
        List<Finding> findings = new ArrayList<>();
        Predicate<String> failure = MarsLog::tellsFailure;
        LogErrors errors = LogErrors.of(mars.logs(), lines, context.get(PolicySettings.LOG_RECENT), failure);
        Optional<Instant> good = mars.logs().stream()
                .flatMap(log -> log.matches().stream())
                .filter(failure.negate())
                .map(lines::time)
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
        boolean recovered =
                good.isPresent() && errors.last() != null && good.get().isAfter(errors.last());
        boolean now = !recovered && errors.within(lines, context.get(PolicySettings.LOG_NOW));
        if (!errors.none()) {
            findings.add(errors.addTo(finding("log"))
                    .evidence("lastContact", good.map(Instant::toString).orElse(null))
                    .evidence("recovered", recovered)
                    .evidence("now", now)
                    .is(
                            now ? Status.FAIL : Status.WARN,
                            now ? Severity.HIGH : Severity.LOW,
                            (now
                                            ? "the MARS agent cannot reach Azure: "
                                            : recovered
                                                    ? "the MARS agent could not reach Azure before and has recovered: "
                                                    : "the MARS agent could not reach Azure before: ")
                                    + Words.count(errors.count(), "line") + ", the last "
                                    + HeartbeatLogs.ago(errors.last(), lines),
                            about().fix()));
        }
        addAddresses(findings, mars, now, context);
        List<String> unreadable = LogErrors.unreadable(mars.logs());
        if (!unreadable.isEmpty() || mars.logs().isEmpty()) {
            findings.add(finding(unreadable.isEmpty() ? "missing" : "unreadable")
                    .evidence("logs", unreadable)
                    .evidence("folder", mars.folder())
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            unreadable.isEmpty()
                                    ? "no CBEngineCurr.errlog was found"
                                    : "the MARS agent's trace could not be read: " + String.join(", ", unreadable),
                            "Look into the folder " + mars.folder() + " on the server."));
        }
        return findings.isEmpty()
                ? pass(
                        finding("")
                                .evidence(
                                        "logs",
                                        mars.logs().stream().map(LogFacts::name).toList())
                                .evidence(
                                        "lastContact",
                                        good.map(Instant::toString).orElse(null)),
                        "the MARS agent's trace tells no failed connections")
                : findings;
    }

    /**
     * Through a proxy the server itself need not reach them; and while nothing fails, an address that is gone is one that
     * Azure has left.
     */
    private void addAddresses(List<Finding> findings, MarsLogFacts mars, boolean failing, Context context) {
        ProxyFacts proxies = context.read(FactArea.PROXY);
        List<ConnectionFacts> blocked = mars.addresses().stream()
                .filter(address -> !address.connected())
                .toList();
        if (blocked.isEmpty() || (proxies != null && ProxyAddress.inUse(proxies).isPresent())) {
            return;
        }
        findings.add(finding("addresses")
                .evidence(
                        "blocked", blocked.stream().map(ConnectionFacts::target).toList())
                .evidence("results", blocked.stream().map(Reach::word).toList())
                .evidence("tried", mars.addresses().size())
                .is(
                        failing ? Status.FAIL : Status.WARN,
                        failing ? Severity.HIGH : Severity.LOW,
                        blocked.size() + " of " + mars.addresses().size()
                                + " public addresses of the trace cannot be reached now: "
                                + blocked.getFirst().target(),
                        about().fix()));
    }
}
