package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HeartbeatFacts;
import java.util.List;
import java.util.Optional;

/** The configuration server answers (article step 3; docs/facts.md, "Heartbeat", "Configuration server"). */
final class HeartbeatConnection extends AreaCheck<HeartbeatFacts> {
    HeartbeatConnection() {
        super(
                FactArea.HEARTBEAT,
                new About(
                        "heartbeat.connection",
                        "The configuration server answers",
                        3,
                        List.of(FactArea.HEARTBEAT, FactArea.SYSTEM),
                        Profile.FULL,
                        About.PROCESS_SERVERS,
                        "Without a heartbeat for 15 minutes the portal calls the process server lost: error 806.",
                        "Open TCP 443 (or the port chosen at set-up) from the process server to the configuration server, check"
                                + " that its name resolves there, and that the configuration server runs. An open port is not"
                                + " enough: its web server has to answer a request with something better than 500.",
                        List.of(ReadLimits.CONNECT_SLOW)));
    }

    @Override
    List<Finding> judge(HeartbeatFacts heartbeat, Context context) {
        ConnectionFacts connection = heartbeat.connection();
        if (connection == null) {
            return skipped("no configuration server is registered here");
        }
        Optional<ControlPort> trouble = ControlPort.trouble(connection, about().fix());
        FindingBuilder finding = finding(connection.host())
                .evidence("configurationServer", connection.target())
                .evidence("result", trouble.map(ControlPort::result).orElse(Reach.word(connection)))
                .evidence("hostsEntry", HostsFile.entry(context, connection.host()))
                .evidence("code", connection.code())
                .evidence("httpStatus", connection.httpStatus())
                .evidence("millis", connection.millis())
                .evidence("error", trouble.isEmpty() ? null : "806");
        if (trouble.isPresent()) {
            return List.of(finding.is(
                    trouble.get().status(),
                    trouble.get().severity(),
                    "the configuration server " + connection.target() + " "
                            + trouble.get().words() + " (error 806)",
                    trouble.get().nextAction()));
        }
        if (connection.millis() > context.get(ReadLimits.CONNECT_SLOW).toMillis()) {
            return List.of(finding.is(
                    Status.WARN,
                    Severity.LOW,
                    "connecting to the configuration server takes " + connection.millis() + " ms",
                    "Look at the network between the two servers."));
        }
        return pass(finding, "the configuration server " + connection.target() + " answers");
    }
}
