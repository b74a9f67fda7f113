package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.HistoryFacts;
import dev.asrdoctor.facts.HistoryFacts.Happening;
import dev.asrdoctor.facts.HostFacts;
import dev.asrdoctor.text.Commands;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/** What the machine's own event logs tell of disks, memory, ports, its domain and the product's programs (docs/facts.md, "What happened to a machine"). */
final class MachineEvents extends AreaCheck<HistoryFacts> {
    /** A service that looks for its domain before the network is up finds none. */
    private static final Duration BOOTING = Duration.ofMinutes(15);

    private static final int REPEATED = 5;

    MachineEvents() {
        super(
                FactArea.HISTORY,
                new About(
                        "machine.events",
                        "The machine has had no trouble of its own within two days",
                        1,
                        List.of(FactArea.HISTORY, FactArea.HOST),
                        Profile.FULL,
                        About.EVERYWHERE,
                        "Services that crash, hang or do not start often suffer from what lies below them: a disk that answers late,"
                                + " a damaged file system, memory or ports that run out. Starting them again mends none of it.",
                        "Mend what the event names first; the System and Application logs have its details.",
                        List.of()));
    }

    @Override
    List<Finding> judge(HistoryFacts history, Context context) {
        LogLines lines = LogLines.of(context.facts());
        List<Finding> findings = new ArrayList<>();
        disks(history, lines).ifPresent(findings::add);
        history.of(55).findFirst().map(event -> fileSystem(event, lines)).ifPresent(findings::add);
        history.of(2004).findFirst().map(event -> memory(event, lines)).ifPresent(findings::add);
        history.of(4231, 4227)
                .min(Comparator.comparingInt(event -> event.id() == 4231 ? 0 : 1))
                .map(event -> ports(event, lines))
                .ifPresent(findings::add);
        history.of(5719)
                .filter(event -> !booting(event, context))
                .findFirst()
                .map(event -> domain(event, lines))
                .ifPresent(findings::add);
        history.of(6008, 41)
                .max(Comparator.comparing(Happening::at))
                .map(event -> wentDown(event, lines))
                .ifPresent(findings::add);
        for (KnownTrouble trouble : KnownTrouble.ALL) {
            history.events().stream()
                    .filter(trouble::tells)
                    .max(Comparator.comparing(Happening::at))
                    .map(event -> known(trouble, event, lines))
                    .ifPresent(findings::add);
        }
        history.of(1026).forEach(event -> findings.add(dotNet(event, lines)));
        history.of(1000, 1002).forEach(event -> findings.add(program(event, lines)));
        unread(history).ifPresent(findings::add);
        return findings.isEmpty()
                ? pass(finding(""), "the event logs of two days tell of no trouble of the machine")
                : findings;
    }

    private FindingBuilder about(String subject, Happening event) {
        return finding(subject)
                .evidence("provider", event.provider())
                .evidence("event", event.id())
                .evidence("count", event.count())
                .evidence("last", event.at().toString());
    }

    private static String times(Happening event, LogLines lines) {
        return (event.count() == 1 ? "" : event.count() + " times within two days, the last ")
                + Words.duration(lines.age(event.at())) + " ago (event " + event.id() + ")";
    }

    private Optional<Finding> disks(HistoryFacts history, LogLines lines) {
        List<Happening> told = history.of(7, 11, 51, 129, 153).toList();
        if (told.isEmpty()) {
            return Optional.empty();
        }
        Happening newest =
                told.stream().max(Comparator.comparing(Happening::at)).orElseThrow();
        long count = told.stream().mapToLong(Happening::count).sum();
        boolean lost = told.stream().anyMatch(event -> event.id() == 7 || event.id() == 11 || event.id() == 51);
        return Optional.of(about("disk", newest)
                .evidence("all", count)
                .evidence("lost", lost)
                .is(
                        Status.WARN,
                        lost || count >= REPEATED ? Severity.MEDIUM : Severity.LOW,
                        "a disk answered late or with errors " + (count == 1 ? "once" : count + " times")
                                + " within two days, the last " + Words.duration(lines.age(newest.at()))
                                + " ago (event "
                                + newest.id() + ")",
                        "Look at what lies below the machine's disks: the datastore, the path to it, the controller and its driver."
                                + " What hangs or crashes on this machine may hang on them."));
    }

    private Finding fileSystem(Happening event, LogLines lines) {
        return about("file-system", event)
                .is(
                        Status.WARN,
                        Severity.HIGH,
                        "a file system is damaged: " + times(event, lines),
                        "On the server: " + Commands.shown("Get-Volume")
                                + " shows which volume it is; look at the storage below it first, then let Windows repair it"
                                + " (Repair-Volume -Scan, then -SpotFix) in a change window.");
    }

    private Finding memory(Happening event, LogLines lines) {
        List<String> programs = event.parameters().stream()
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .filter(text -> text.endsWith(".exe"))
                .toList();
        return about("memory", event)
                .evidence("programs", programs.isEmpty() ? null : programs)
                .is(
                        Status.WARN,
                        Severity.MEDIUM,
                        "Windows ran out of memory to promise: " + times(event, lines)
                                + (programs.isEmpty() ? "" : "; most had " + String.join(", ", programs)),
                        "Find out which program grows, and give the machine memory or a larger page file; what crashed meanwhile"
                                + " is not to blame.");
    }

    private Finding ports(Happening event, LogLines lines) {
        return about("ports", event)
                .is(
                        Status.WARN,
                        event.id() == 4231 ? Severity.HIGH : Severity.MEDIUM,
                        "the ports for outgoing connections ran out: " + times(event, lines),
                        "Find the program that leaves connections open: "
                                + Commands.shown("Get-NetTCPConnection | Group-Object OwningProcess -NoElement")
                                + " New connections to anything fail until they are free.");
    }

    private Finding domain(Happening event, LogLines lines) {
        return about("domain", event)
                .evidence("domain", event.parameter(0).orElse(null))
                .is(
                        Status.WARN,
                        Severity.LOW,
                        "no domain controller was found"
                                + event.parameter(0).map(name -> " for " + name).orElse("") + ": "
                                + times(event, lines),
                        "Look whether the domain's names resolve and its controllers answer: "
                                + Commands.shown("Test-ComputerSecureChannel"));
    }

    private Finding wentDown(Happening event, LogLines lines) {
        return about("restart", event)
                .is(
                        Status.WARN,
                        Severity.LOW,
                        "the machine went down without a shutdown: " + times(event, lines),
                        "Look at the host of the virtual machine, its power and its memory dump, before the services are blamed.");
    }

    private Finding known(KnownTrouble trouble, Happening event, LogLines lines) {
        return about(trouble.subject(), event)
                .evidence("texts", event.parameters().isEmpty() ? null : event.parameters())
                .is(
                        Status.WARN,
                        trouble.severity(),
                        trouble.title(event) + ": " + times(event, lines),
                        trouble.advice());
    }

    private Finding dotNet(Happening event, LogLines lines) {
        String text = event.parameter(0).orElse("");
        return about("exception", event)
                .evidence("text", text)
                .is(
                        Status.WARN,
                        Severity.LOW,
                        "a program of the product ended by an exception of .NET: " + times(event, lines),
                        "Read the event in the Application log (.NET Runtime, 1026): its exception names what is missing or broken.");
    }

    private Finding program(Happening event, LogLines lines) {
        String program = event.parameter(0).orElse("");
        boolean hang = event.id() == 1002;
        @Nullable String module = hang ? null : event.parameter(3).orElse(null);
        boolean foreign = module != null && !module.isBlank() && !module.equalsIgnoreCase(program);
        return about(program, event)
                .evidence("program", program)
                .evidence("crashes", event.count())
                .evidence("lastCrash", event.at().toString())
                .evidence("module", module)
                .evidence("foreign", module == null ? null : (Boolean) foreign)
                .evidence("code", hang ? null : event.parameter(6).orElse(null))
                .is(
                        Status.WARN,
                        event.count() > 1 ? Severity.MEDIUM : Severity.LOW,
                        program
                                + (hang ? " hung " : " crashed ")
                                + times(event, lines)
                                + (foreign ? ", in " + StringUtils.abbreviate(module, 60) : ""),
                        foreign
                                ? "The module " + StringUtils.abbreviate(module, 60)
                                        + " is where it crashed: find out whose it is, and whether a newer version is known to mend it."
                                : "Read the program's own log from just before, and the Application log for the exception.");
    }

    private static boolean booting(Happening event, Context context) {
        HostFacts host = context.read(FactArea.HOST);
        Instant booted = host == null ? null : host.bootedAt();
        return booted != null && !event.at().isBefore(booted) && event.at().isBefore(booted.plus(BOOTING));
    }

    private Optional<Finding> unread(HistoryFacts history) {
        String error = history.systemError() != null ? history.systemError() : history.applicationError();
        return error == null
                ? Optional.empty()
                : Optional.of(finding("")
                        .evidence("error", error)
                        .is(
                                Status.UNKNOWN,
                                Severity.LOW,
                                "what happened to the machine of late is not known, since "
                                        + (history.systemError() == null ? "the Application log" : "the System log")
                                        + " could not be read (" + error + ")",
                                "Let the account read the event logs: the group Event Log Readers on that server."));
    }
}
