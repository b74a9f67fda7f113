package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.SourceFacts;
import java.util.List;
import org.apache.commons.lang3.StringUtils;

/** A source machine reaches its process server's data port (article step 6; docs/facts.md, "Ports and connections"). */
final class SourceConnection extends AreaCheck<SourceFacts> {
    static final String ID = "source.connection";

    SourceConnection() {
        super(
                FactArea.SOURCE,
                new About(
                        ID,
                        "The source machine reaches its process server",
                        6,
                        List.of(FactArea.SOURCE, FactArea.SYSTEM),
                        Profile.QUICK,
                        About.SOURCES,
                        "All changes of the machine go to the data port of its process server, 9443 unless set-up chose another."
                                + " Nothing is replicated while it does not answer.",
                        "Open the port from the source machine to the process server, in the firewalls of both and in those between"
                                + " them; the process server's rule is called 'Open Port 9443'. Check that the name resolves to the address"
                                + " that the process server registered. A ping proves nothing.",
                        List.of(ReadLimits.CONNECT_SLOW)));
    }

    @Override
    List<Finding> judge(SourceFacts source, Context context) {
        String name = context.server().role().processServer();
        if (source.target() == null) {
            return List.of(finding("")
                    .is(
                            Status.UNKNOWN,
                            Severity.MEDIUM,
                            "the inventory names no process server for this source machine",
                            "Give it 'processServer' in the inventory: the name of the server that it sends to."));
        }
        String processServer = name == null ? source.target() : name;
        List<ConnectionFacts> attempts = source.attempts();
        List<ConnectionFacts> connections =
                attempts.stream().filter(ConnectionFacts::connected).toList();
        int connected = connections.size();
        FindingBuilder finding = finding(processServer)
                .evidence("source", context.server().name())
                .evidence("processServer", processServer)
                .evidence("target", source.target())
                .evidence(
                        "hostsEntry",
                        HostsFile.entry(context, StringUtils.substringBeforeLast(String.valueOf(source.target()), ":")))
                .evidence("addresses", source.addresses())
                .evidence("nameError", source.nameError())
                .evidence("attempts", attempts.size())
                .evidence("connected", connected)
                .evidence("results", attempts.stream().map(Reach::word).toList())
                .evidence(
                        "millis", attempts.stream().map(ConnectionFacts::millis).toList());
        return connected > 0 && connected == attempts.size()
                ? speed(finding, processServer, connections, context)
                : List.of(lacking(finding, processServer, source, connected));
    }

    /** Where every try has come through. */
    private List<Finding> speed(
            FindingBuilder finding, String processServer, List<ConnectionFacts> connections, Context context) {
        long slowest =
                connections.stream().mapToLong(ConnectionFacts::millis).max().orElse(0);
        if (slowest > context.get(ReadLimits.CONNECT_SLOW).toMillis()) {
            return List.of(finding.is(
                    Status.WARN,
                    Severity.LOW,
                    "connecting to its process server " + processServer + " takes " + slowest + " ms",
                    "Look at the network between the two."));
        }
        return pass(finding, "it reaches its process server " + processServer + " in " + slowest + " ms");
    }

    private Finding lacking(FindingBuilder finding, String processServer, SourceFacts source, int connected) {
        List<ConnectionFacts> attempts = source.attempts();
        if (attempts.isEmpty()) {
            return finding.is(
                    Status.UNKNOWN,
                    Severity.MEDIUM,
                    "no connection to " + source.target() + " was tried",
                    about().fix());
        }
        if (connected == 0) {
            return finding.is(
                    Status.FAIL,
                    Severity.CRITICAL,
                    "it does not reach its process server " + processServer + " (" + source.target() + "): "
                            + Reach.words(attempts.getLast()),
                    about().fix());
        }
        return finding.is(
                Status.WARN,
                Severity.HIGH,
                "only " + connected + " of " + attempts.size() + " connections to its process server " + processServer
                        + " came about",
                "Look at the network between the two, and whether the name resolves to several addresses of which one"
                        + " is dead.");
    }
}
