package dev.asrdoctor.check;

import dev.asrdoctor.facts.ClockReading;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.TimeFacts;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

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
                .evidence("sources", "NT5DS".equalsIgnoreCase(type) ? null : names(servers))
                .evidence("byPolicy", time.policyType() != null ? (Boolean) true : null)
                .evidence("vmwareTools", time.vmwareTools())
                .evidence("lastGood", good.map(Instant::toString).orElse(null))
                .evidence("answers", SourceAnswers.words(time))
                .evidence("lastBadEvent", bad.map(ServiceEvent::id).orElse(null));
        boolean other = time.vmwareTools() && !isOff(context);
        if (type == null && time.state() == null) {
            return List.of(
                    finding.is(Status.UNKNOWN, Severity.LOW, "nothing tells how the clock is kept", about().fix()));
        }
        Optional<ClockFault> fault = SourceAnswers.fault(
                        time, context.facts().clock(), context.get(TimeOffset.OFFSET_WARN))
                .or(() -> other ? Optional.empty() : ClockFault.of(time, bad, good, about().fix()));
        if (fault.isPresent()) {
            return List.of(finding.evidence("fault", fault.get().word())
                    .is(
                            Status.WARN,
                            Severity.MEDIUM,
                            fault.get().title(),
                            fault.get().advice()));
        }
        if (good.isPresent() && lines.age(good.get()).compareTo(context.get(SYNC_AGE)) > 0 && bad.isPresent()) {
            return List.of(old(finding, bad.get(), Words.duration(lines.age(good.get()))));
        }
        // The newest come first, so one that was read stands; of what was not read, nobody knows.
        if (time.eventsError() != null && good.isEmpty() && !other) {
            return List.of(unread(finding, time.eventsError()));
        }
        String by = other && !"running".equals(time.state())
                ? "VMware Tools, as it seems"
                : "NT5DS".equalsIgnoreCase(type) ? "the domain" : String.valueOf(servers);
        return pass(finding, "the clock is kept by " + by);
    }

    /** Without their flags, such as {@code ,0x9}. */
    private static @Nullable List<String> names(@Nullable String servers) {
        return servers == null || servers.isBlank()
                ? null
                : Arrays.stream(StringUtils.split(servers))
                        .map(server -> StringUtils.substringBefore(server, ","))
                        .toList();
    }

    /** What else may keep the clock evidently does not. */
    private static boolean isOff(Context context) {
        ClockReading clock = context.facts().clock();
        return clock != null
                && clock.offset().abs().minus(clock.uncertainty()).compareTo(context.get(TimeOffset.OFFSET_WARN)) > 0;
    }

    private static Finding old(FindingBuilder finding, ServiceEvent bad, String age) {
        return finding.evidence("fault", ClockFault.word(bad))
                .is(
                        Status.WARN,
                        Severity.LOW,
                        "the last good synchronisation was " + age + " ago",
                        ClockFault.advice(bad.id()));
    }

    private static Finding unread(FindingBuilder finding, String error) {
        return finding.evidence("eventsError", error)
                .is(
                        Status.UNKNOWN,
                        Severity.LOW,
                        "whether the clock was kept of late is not known, since the event log could not be read ("
                                + error + ")",
                        "Let the account read the System log (the group Event Log Readers), or look on the server:"
                                + " w32tm /query /status.");
    }

    private static Optional<Instant> newest(List<ServiceEvent> events, Set<Integer> ids) {
        return events.stream()
                .filter(event -> ids.contains(event.id()))
                .map(ServiceEvent::at)
                .findFirst();
    }
}
