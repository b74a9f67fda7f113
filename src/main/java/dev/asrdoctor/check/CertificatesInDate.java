package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HeartbeatFacts;
import dev.asrdoctor.facts.SourceFacts;
import dev.asrdoctor.facts.TransportFacts;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The certificates that the servers show each other hold, and go on doing so (docs/facts.md, "Certificates"). */
final class CertificatesInDate extends AreaCheck<TransportFacts> {
    public static final Setting<Duration> CERTIFICATE_WARN = Setting.time(
            "transport", "certificateWarn", Duration.ofDays(60), "a certificate that ends within this time warns");

    CertificatesInDate() {
        super(
                FactArea.TRANSPORT,
                new About(
                        "transport.certificate",
                        "The certificates between the servers are in date",
                        7,
                        List.of(FactArea.TRANSPORT, FactArea.HEARTBEAT, FactArea.SOURCE),
                        Profile.QUICK,
                        About.EVERYWHERE,
                        "The configuration server and the data ports show certificates that hold for three years. Once they have"
                                + " run out, agents and process servers refuse the connection: no heartbeats, no recovery points.",
                        "While it has not run out: in the vault, Site Recovery Infrastructure, Configuration Servers, Renew"
                                + " Certificates. Once it has: on the configuration server run RenewCerts in home\\svsystems\\bin as an"
                                + " administrator (15 minutes). Before either, bring all process servers and mobility agents to the"
                                + " newest version and let them be connected. A process server of its own fetches the new ones with"
                                + " cdpcli.exe --registermt in the agent's folder.",
                        List.of(CERTIFICATE_WARN)));
    }

    @Override
    List<Finding> judge(TransportFacts transport, Context context) {
        Map<String, ConnectionFacts> seen = new LinkedHashMap<>();
        add(seen, "data-port", transport.answer());
        HeartbeatFacts heartbeat = context.read(FactArea.HEARTBEAT);
        add(seen, "configuration-server", heartbeat == null ? null : heartbeat.connection());
        SourceFacts source = context.read(FactArea.SOURCE);
        if (source != null && source.configurationServer() != null) {
            add(seen, "configuration-server", source.configurationServer());
        }
        if (seen.isEmpty()) {
            return skipped("no certificate was seen");
        }
        List<Finding> findings = new ArrayList<>();
        seen.forEach((whose, connection) -> findings.add(judge(whose, connection, context)));
        return findings;
    }

    private static void add(Map<String, ConnectionFacts> seen, String whose, @Nullable ConnectionFacts connection) {
        if (connection != null && connection.tls() != null && connection.tls().notAfter() != null) {
            seen.put(whose, connection);
        }
    }

    private Finding judge(String whose, ConnectionFacts connection, Context context) {
        ConnectionFacts.Tls tls = Objects.requireNonNull(connection.tls());
        Instant ends = Objects.requireNonNull(tls.notAfter());
        Instant begins = tls.notBefore();
        // The controller's clock: the server's own may be what is wrong.
        Instant now = context.facts().readAt();
        Duration left = Duration.between(now, ends);
        String certificate = "the certificate of the "
                + (whose.equals("data-port") ? "data port " : "configuration server ") + connection.target();
        FindingBuilder finding = finding(whose)
                .evidence("certificate", whose.replace('-', ' '))
                .evidence("target", connection.target())
                .evidence("subject", tls.subject())
                .evidence("issuer", tls.issuer())
                .evidence("notBefore", begins == null ? null : begins.toString())
                .evidence("notAfter", ends.toString())
                .evidence("daysLeft", left.toDays())
                .evidence("expired", left.isNegative())
                .evidence("processServer", context.server().role().processServer());
        if (left.isNegative()) {
            return finding.is(
                    Status.FAIL,
                    Severity.CRITICAL,
                    certificate + " has expired on " + day(ends) + ", " + Words.duration(left.negated()) + " ago",
                    "On the configuration server run RenewCerts in home\\svsystems\\bin as an administrator (15 minutes); before"
                            + " that bring all process servers and mobility agents to the newest version. A process server of its"
                            + " own then fetches the new certificate with cdpcli.exe --registermt in the agent's folder.");
        }
        if (begins != null && begins.isAfter(now)) {
            return finding.is(
                    Status.FAIL,
                    Severity.HIGH,
                    certificate + " holds from " + day(begins) + " on only",
                    "Look at the clocks of both servers (time.offset): one of them was wrong when the certificate was made.");
        }
        if (left.compareTo(context.get(CERTIFICATE_WARN)) < 0) {
            return finding.is(
                    Status.WARN,
                    Severity.MEDIUM,
                    certificate + " expires on " + day(ends) + ", in " + Words.duration(left),
                    "In the vault: Site Recovery Infrastructure, Configuration Servers, Renew Certificates, once all process"
                            + " servers and mobility agents are connected and of the newest version.");
        }
        return finding.is(Status.PASS, Severity.INFO, certificate + " holds until " + day(ends), null);
    }

    private static String day(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
