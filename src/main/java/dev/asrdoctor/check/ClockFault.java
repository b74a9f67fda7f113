package dev.asrdoctor.check;

import dev.asrdoctor.facts.ServiceEvent;
import dev.asrdoctor.facts.TimeFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why Windows Time does not keep the clock, where nothing else keeps it (docs/facts.md, "Time").
 *
 * @param word for programs, for example {@code disabled} or {@code event-134}
 */
record ClockFault(String word, String title, String advice) {

    /**
     * @param bad the newest event that tells of trouble, {@code good} the last good synchronisation
     * @param giveSource what gives the clock a source
     */
    static Optional<ClockFault> of(
            TimeFacts time, Optional<ServiceEvent> bad, Optional<Instant> good, String giveSource) {
        Optional<ClockFault> service = ofService(time, giveSource);
        return service.isPresent()
                ? service
                : bad.filter(event -> good.isEmpty() || event.at().isAfter(good.get()))
                        .map(event -> new ClockFault(word(event), title(event.id()), advice(event.id())));
    }

    private static Optional<ClockFault> ofService(TimeFacts time, String giveSource) {
        String type = time.typeInForce();
        List<String> wrong = new ArrayList<>();
        String word = "no-source";
        String advice = giveSource;
        if ("NoSync".equalsIgnoreCase(type)) {
            wrong.add("Windows Time is told to use no source, so the clock runs on its own");
        }
        if ("disabled".equals(time.startType())) {
            word = "disabled";
            advice = "Unless something else is meant to keep the clock: `sc.exe config w32time start= auto` then"
                    + " `Start-Service w32time` "
                    + (wrong.isEmpty()
                            ? "and see which source it takes: `w32tm /query /source`"
                            : "and give it a source. " + giveSource);
            wrong.add("Windows Time is disabled");
        } else if (!"running".equals(time.state()) && "NT5DS".equalsIgnoreCase(type)) {
            word = "stopped";
            advice = "Look in the System log why it is down, then: `Start-Service w32time`";
            wrong.add("Windows Time does not run, although the domain is to keep the clock");
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(new ClockFault(word, String.join("; ", wrong), advice));
    }

    static String word(ServiceEvent event) {
        return "event-" + event.id();
    }

    private static String title(int event) {
        return switch (event) {
            case 134 -> "the name of the time server does not resolve (event 134)";
            case 129 -> "no domain controller gives the time (event 129)";
            case 36 -> "the clock was not synchronised for a day (event 36)";
            case 34 -> "the clock is too far from its source to be corrected (event 34)";
            case 50 -> "the clock has differed from its source for a while (event 50)";
            default -> "the time source does not answer (event " + event + ")";
        };
    }

    /** What to do where the service has a source and gets no time from it: another source is not what it lacks. */
    static String advice(int event) {
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
}
