package dev.asrdoctor.check;

import dev.asrdoctor.check.LogErrors.Told;
import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.LogFacts;
import dev.asrdoctor.facts.MarsLogFacts;
import dev.asrdoctor.facts.ProxyFacts;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The MARS agent's trace tells no failures (article step 10; docs/facts.md, "Logs"). */
final class MarsLog extends AreaCheck<MarsLogFacts> {
    /** What is tried has not been reached yet. */
    private static final Pattern ATTEMPT = Pattern.compile(
            "(?i)\\b(?:connecting|trying|retry\\w{0,5}|attempt\\w{0,5}|sending|opening|about to|going to|will)\\b");

    private static final Pattern CONTACT = Pattern.compile(":443(?!\\d)");

    MarsLog() {
        super(
                FactArea.MARS_LOG,
                new About(
                        "mars.log",
                        "The MARS agent's trace tells no failures",
                        10,
                        List.of(FactArea.MARS_LOG, FactArea.HOST, FactArea.PROXY),
                        Profile.FULL,
                        About.UPLOADING,
                        "What keeps cbengine.exe from its work stands in CBEngineCurr.errlog: connections, names, TLS, proxies, sign-in,"
                                + " its version, space on disk. What the message of a WARNING or FATAL entry says counts, against"
                                + " contacts that worked later; one try of several is none.",
                        "Follow the reason that the finding names; for connections allow TCP 443 to the addresses named, or better to"
                                + " the URLs of Azure Site Recovery, in the firewalls on the way.",
                        List.of(LogLimits.LOG_RECENT, LogLimits.LOG_NOW)));
    }

    @Override
    List<Finding> judge(MarsLogFacts mars, Context context) {
        if (mars.folder() == null) {
            return skipped("no MARS agent is installed");
        }
        LogLines lines = LogLines.of(context.facts());
        ProxyFacts proxies = context.read(FactArea.PROXY);
        Map<MarsReason, List<Told>> told = told(mars, lines, proxies != null && proxied(proxies), context);
        Instant good = lastContact(mars, lines);
        List<Finding> findings = new ArrayList<>();
        told.forEach((reason, entries) ->
                finding(reason, entries, good, lines, context).ifPresent(findings::add));
        if (findings.stream()
                .anyMatch(finding ->
                        finding.status() == Status.FAIL && finding.subject().equals("log"))) {
            addAddresses(findings, mars, proxies);
        }
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
        long passed = told.values().stream().mapToLong(List::size).sum();
        return findings.isEmpty()
                ? pass(
                        finding("")
                                .evidence(
                                        "logs",
                                        mars.logs().stream().map(LogFacts::name).toList())
                                .evidence("lastContact", good == null ? null : good.toString())
                                .evidence("passing", passed == 0 ? null : passed),
                        passed == 0
                                ? "the MARS agent's trace tells no failures"
                                : "the MARS agent's trace tells no failures that last: " + Words.count(passed, "line")
                                        + " of tries that were repeated or came through since")
                : findings;
    }

    private static Map<MarsReason, List<Told>> told(
            MarsLogFacts mars, LogLines lines, boolean proxied, Context context) {
        Map<MarsReason, List<Told>> told = new EnumMap<>(MarsReason.class);
        for (LogFacts log : mars.logs()) {
            for (String line : log.matches()) {
                MarsEntry entry = MarsEntry.of(line);
                if (lines.recent(line, log, context.get(LogLimits.LOG_RECENT))) {
                    MarsReason.of(entry, proxied)
                            .ifPresent(reason -> told.computeIfAbsent(reason, each -> new ArrayList<>())
                                    .add(new Told(
                                            log,
                                            line,
                                            reason.word(),
                                            entry.fatal() ? Retry.NONE : Retry.of(entry.message()),
                                            lines.time(line).orElse(log.modifiedAt()))));
                }
            }
        }
        return told;
    }

    /** Any proxy, also those that only Windows knows. */
    private static boolean proxied(ProxyFacts proxies) {
        return ProxyAddress.inUse(proxies).isPresent()
                || proxies.system().enabled()
                || proxies.system().script() != null
                || WinHttpProxy.text(proxies.winHttp()) != null;
    }

    private static @Nullable Instant lastContact(MarsLogFacts mars, LogLines lines) {
        return mars.logs().stream()
                .flatMap(log -> Stream.concat(log.successes().stream(), log.matches().stream()))
                .filter(MarsLog::tellsContact)
                .map(lines::time)
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static boolean tellsContact(String line) {
        MarsEntry entry = MarsEntry.of(line);
        return entry.level() == MarsEntry.Level.ORDINARY
                && CONTACT.matcher(entry.message()).find()
                && !ATTEMPT.matcher(entry.message()).find();
    }

    /** Nothing where it was a try that was repeated, or one that has come through since. */
    private Optional<Finding> finding(
            MarsReason reason, List<Told> all, @Nullable Instant good, LogLines lines, Context context) {
        Duration window = context.get(LogLimits.LOG_NOW);
        List<Told> counted = LogErrors.counted(all, lines, window);
        long fatal = counted.stream()
                .filter(one -> MarsEntry.of(one.entry()).fatal())
                .count();
        LogErrors errors = LogErrors.of(counted, lines);
        boolean recovered = good != null && errors.last() != null && good.isAfter(errors.last());
        boolean passing = recovered || (reason == MarsReason.BUSY && counted.size() < LogErrors.SEVERAL);
        if (errors.none() || (passing && fatal == 0)) {
            return Optional.empty();
        }
        boolean now = !recovered && errors.within(lines, window);
        boolean grave = reason != MarsReason.LOCAL && reason != MarsReason.BUSY && reason != MarsReason.OTHER;
        String when = Words.count(errors.count(), "line") + ", the last " + HeartbeatLogs.ago(errors.last(), lines);
        return Optional.of(errors.addTo(finding(reason.word()))
                .evidence("fatal", fatal)
                .evidence("lastContact", good == null ? null : good.toString())
                .evidence("recovered", recovered)
                .evidence("now", now)
                .is(
                        now && grave ? Status.FAIL : Status.WARN,
                        !now ? Severity.LOW : grave ? Severity.HIGH : Severity.MEDIUM,
                        "the MARS agent " + (now ? reason.now() : reason.before() + " before")
                                + (recovered ? " and has recovered: " : ": ") + when,
                        reason.fix()));
    }

    /** Through a proxy the server itself need not reach them. */
    private void addAddresses(List<Finding> findings, MarsLogFacts mars, @Nullable ProxyFacts proxies) {
        List<ConnectionFacts> blocked = mars.addresses().stream()
                .filter(address -> !address.connected())
                .toList();
        if (blocked.isEmpty()
                || (proxies != null && (ProxyAddress.inUse(proxies).isPresent() || ProxyAddress.byScript(proxies)))) {
            return;
        }
        findings.add(finding("addresses")
                .evidence(
                        "blocked", blocked.stream().map(ConnectionFacts::target).toList())
                .evidence("results", blocked.stream().map(Reach::word).toList())
                .evidence("tried", mars.addresses().size())
                .is(
                        Status.FAIL,
                        Severity.HIGH,
                        blocked.size() + " of " + mars.addresses().size()
                                + " public addresses of the trace cannot be reached now: "
                                + blocked.getFirst().target(),
                        about().fix()));
    }
}
