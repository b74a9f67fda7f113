package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.TimeFacts;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The clock is kept by something (article step 4; docs/facts.md, "Time"). */
final class TimeSource extends AreaCheck<TimeFacts> {
    public static final Setting<Duration> SYNC_AGE =
            Setting.time("time", "syncAge", Duration.ofHours(24), "without a good synchronisation for longer it warns");

    private static final Set<Integer> GOOD = Set.of(35, 37, 52);
    private static final Set<Integer> BAD = Set.of(24, 29, 34, 36, 47, 50, 129, 134);

    TimeSource() {
        super(
                FactArea.TIME,
                new About(
                        "time.source",
                        "The clock has a source",
                        4,
                        List.of(FactArea.TIME, FactArea.HOST),
                        Profile.QUICK,
                        About.EVERYWHERE,
                        "A clock without a source drifts by seconds a day, until authentication and registration fail.",
                        "In a domain: `w32tm /config /syncfromflags:domhier /update` Elsewhere: `w32tm /config"
                                + " /manualpeerlist:time.windows.com,0x9 /syncfromflags:manual /update` and then `Restart-Service w32time`"
                                + " UDP 123 has to be open to the source.",
                        List.of(SYNC_AGE)));
    }

    @Override
    List<Finding> judge(TimeFacts time, Context context) {
        String type = time.typeInForce();
        String servers = time.policyServers() == null ? time.servers() : time.policyServers();
        LogLines lines = LogLines.of(context.facts());
        Optional<Instant> good = newest(time.events(), GOOD);
        Optional<ServiceEvent> bad =
                time.events().stream().filter(event -> BAD.contains(event.id())).findFirst();
        FindingBuilder finding = finding("")
                .evidence("service", time.state() == null ? "not-installed" : time.state())
                .evidence("startType", time.startType())
                .evidence("type", type)
                .evidence("servers", "NT5DS".equalsIgnoreCase(type) ? null : servers)
                .evidence("byPolicy", time.policyType() != null ? (Boolean) true : null)
                .evidence("vmwareTools", time.vmwareTools())
                .evidence("lastGood", good.map(Instant::toString).orElse(null))
                .evidence("lastBadEvent", bad.map(ServiceEvent::id).orElse(null));
        List<String> wrong = new ArrayList<>();
        String advice = about().fix();
        String fault = "no-source";
        boolean other = time.vmwareTools();
        if (type == null && time.state() == null) {
            return List.of(
                    finding.is(Status.UNKNOWN, Severity.LOW, "nothing tells how the clock is kept", about().fix()));
        }
        if ("NoSync".equalsIgnoreCase(type) && !other) {
            wrong.add("Windows Time is told to use no source, so the clock runs on its own");
        }
        if ("disabled".equals(time.startType()) && !other) {
            wrong.add("Windows Time is disabled");
            fault = "disabled";
            advice = "Unless something else is meant to keep the clock: `sc.exe config w32time start= auto` then"
                    + " `Start-Service w32time` "
                    + (wrong.size() > 1
                            ? "and give it a source. " + about().fix()
                            : "and see which source it takes: `w32tm /query /source`");
        } else if (!"running".equals(time.state()) && "NT5DS".equalsIgnoreCase(type) && !other) {
            wrong.add("Windows Time does not run, although the domain is to keep the clock");
            fault = "stopped";
            advice = "Look in the System log why it is down, then: `Start-Service w32time`";
        }
        boolean badSinceGood =
                bad.isPresent() && good.map(at -> bad.get().at().isAfter(at)).orElse(true);
        if (badSinceGood && wrong.isEmpty() && !other) {
            fault = "event-" + bad.get().id();
            advice = advice(bad.get().id());
            wrong.add(
                    switch (bad.get().id()) {
                        case 134 -> "the name of the time server does not resolve (event 134)";
                        case 129 -> "no domain controller gives the time (event 129)";
                        case 36 -> "the clock was not synchronised for a day (event 36)";
                        case 34 -> "the clock is too far from its source to be corrected (event 34)";
                        case 50 -> "the clock has differed from its source for a while (event 50)";
                        default ->
                            "the time source does not answer (event "
                                    + bad.get().id() + ")";
                    });
        }
        if (!wrong.isEmpty()) {
            return List.of(finding.evidence("fault", fault)
                    .is(Status.WARN, Severity.MEDIUM, String.join("; ", wrong), advice));
        }
        if (good.isPresent() && lines.age(good.get()).compareTo(context.get(SYNC_AGE)) > 0 && bad.isPresent()) {
            Duration age = lines.age(good.get());
            return List.of(finding.evidence("fault", "event-" + bad.get().id())
                    .is(
                            Status.WARN,
                            Severity.LOW,
                            "the last good synchronisation was " + Words.duration(age) + " ago",
                            advice(bad.get().id())));
        }
        // The newest come first, so one that was read stands; of what was not read, nobody knows.
        if (time.eventsError() != null && good.isEmpty() && !other) {
            return List.of(finding.evidence("eventsError", time.eventsError())
                    .is(
                            Status.UNKNOWN,
                            Severity.LOW,
                            "whether the clock was kept of late is not known, since the event log could not be read ("
                                    + time.eventsError() + ")",
                            "Let the account read the System log (the group Event Log Readers), or look on the server:"
                                    + " w32tm /query /status."));
        }
        String by = other && !"running".equals(time.state())
                ? "VMware Tools, as it seems"
                : "NT5DS".equalsIgnoreCase(type) ? "the domain" : String.valueOf(servers);
        return pass(finding, "the clock is kept by " + by);
    }

    /** What to do where the service has a source and gets no time from it: another source is not what it lacks. */
    private static String advice(int event) {
        String source = "The source is shown by `w32tm /query /source`";
        return switch (event) {
            case 134 ->
                "Resolve the name of the time server on the server (Resolve-DnsName), and correct the name or DNS. "
                        + source;
            case 129 ->
                "See whether a domain controller answers: `w32tm /resync /rediscover` Where none does, see whether UDP 123 to the domain"
                        + " controllers is open.";
            case 34, 50 ->
                "Compare both clocks with a third one: `w32tm /stripchart /computer:time.windows.com /samples:3` Where the"
                        + " source is right, set the clock by hand once, then: `w32tm /resync`";
            default -> "Open UDP 123 to the source and look whether it answers. " + source;
        };
    }

    private static Optional<Instant> newest(List<ServiceEvent> events, Set<Integer> ids) {
        return events.stream()
                .filter(event -> ids.contains(event.id()))
                .map(ServiceEvent::at)
                .findFirst();
    }
}
