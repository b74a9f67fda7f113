package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.LogFacts;
import dev.asrdoctor.facts.TransportFacts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A mobility agent and its appliance take each other's certificates, by what the agent writes (docs/facts.md, "Certificates of
 * the appliance").
 */
final class AgentCertificate extends AreaCheck<TransportFacts> {
    /** What an agent writes of a certificate, in Microsoft's own words, and what follows from it; the first that fits counts. */
    private enum Trouble {
        OWN(
                "ClientCertificateIsInvalidOrExpired",
                "its own certificate is invalid or has run out",
                "Upgrade the mobility agent, make a new configuration file in the appliance's configuration manager and register the"
                        + " agent again with it."),
        FINGERPRINT(
                "Mismatch of fingerprints between received",
                "the appliance shows another certificate than the one that it was joined to",
                "Make a new configuration file in the appliance's configuration manager and register the agent again with it."),
        PROXY(
                "Server certificate expired for URL",
                "the certificate of the appliance's proxy server has run out",
                "Upgrade the proxy server in the configuration manager, wait an hour, restart its two services, wait another; then"
                        + " register the agent again with a new configuration file."),
        DATA(
                "certificate verify failed",
                "it does not take the certificate of the appliance's process server",
                "Upgrade the process server in the configuration manager, wait an hour; then restart Process Server and Process"
                        + " Server Monitor and wait another.");

        private final String text;
        private final String words;
        private final String next;

        Trouble(String text, String words, String next) {
            this.text = text;
            this.words = words;
            this.next = next;
        }

        static Optional<Trouble> in(String line) {
            for (Trouble trouble : values()) {
                if (line.contains(trouble.text)) {
                    return Optional.of(trouble);
                }
            }
            return Optional.empty();
        }
    }

    private record Told(Trouble trouble, LogFacts log, String line, Instant at) {}

    AgentCertificate() {
        super(
                FactArea.TRANSPORT,
                new About(
                        "agent.certificate",
                        "The mobility agent and its appliance take each other's certificates",
                        7,
                        List.of(FactArea.TRANSPORT, FactArea.HOST),
                        Profile.FULL,
                        About.JOINED,
                        "The agent proves itself by a certificate that lives for a short time and is renewed through the appliance, and"
                                + " it knows the appliance by the fingerprint of its certificate. A machine that was off for long, or an"
                                + " appliance with a new certificate, have to be joined anew.",
                        "Which side it is stands in the finding. A new configuration file comes from the configuration manager,"
                                + " Mobility service configuration details.",
                        List.of(LogLimits.LOG_RECENT, LogLimits.LOG_NOW)));
    }

    @Override
    List<Finding> judge(TransportFacts transport, Context context) {
        LogLines lines = LogLines.of(context.facts());
        List<LogFacts> logs = transport.logs().stream()
                .filter(log -> log.name().toLowerCase(Locale.ROOT).startsWith("svagents"))
                .toList();
        Optional<Told> last = logs.stream()
                .flatMap(log -> log.matches().stream()
                        .filter(line -> lines.recent(line, log, context.get(LogLimits.LOG_RECENT)))
                        .flatMap(line -> Trouble.in(line)
                                .map(trouble -> new Told(
                                        trouble, log, line, lines.time(line).orElse(log.modifiedAt())))
                                .stream()))
                .reduce((one, other) -> other.at().isBefore(one.at()) ? one : other);
        if (logs.isEmpty()) {
            return skipped("no log of the mobility agent was read; see transport.logs");
        }
        Optional<Instant> good = logs.stream()
                .flatMap(log -> log.successes().stream())
                .flatMap(line -> lines.time(line).stream())
                .max(Instant::compareTo);
        if (last.isEmpty() || good.filter(time -> time.isAfter(last.get().at())).isPresent()) {
            return pass(finding(""), "the agent's logs tell no trouble with certificates that lasts");
        }
        Told told = last.get();
        boolean now = lines.age(told.at()).compareTo(context.get(LogLimits.LOG_NOW)) <= 0;
        return List.of(finding(told.trouble().name().toLowerCase(Locale.ROOT))
                .evidence("log", told.log().name())
                .evidence("line", lines.text(told.line(), told.log().encoding()))
                .evidence("at", told.at().toString())
                .evidence("now", now)
                .evidence("processServer", context.server().role().processServer())
                .is(
                        now ? Status.FAIL : Status.WARN,
                        now ? Severity.HIGH : Severity.MEDIUM,
                        "by its log, " + told.trouble().words + ", the last time "
                                + HeartbeatLogs.ago(told.at(), lines),
                        told.trouble().next));
    }
}
