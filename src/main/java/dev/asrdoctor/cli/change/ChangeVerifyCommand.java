package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Assessment;
import dev.asrdoctor.change.Basis;
import dev.asrdoctor.change.ChangeReport;
import dev.asrdoctor.change.Expectation;
import dev.asrdoctor.change.Judged;
import dev.asrdoctor.change.Verdict;
import dev.asrdoctor.change.Window;
import dev.asrdoctor.change.WindowStore;
import dev.asrdoctor.cli.options.DurationConverter;
import dev.asrdoctor.cli.options.FleetOptions;
import dev.asrdoctor.cli.options.UntilConverter;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Failures;
import dev.asrdoctor.cli.terminal.Interrupts;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.Trouble;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.report.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = "Read again, compare with the baseline, and tell whether the window can be closed.",
        footer = {
            "",
            "Exit codes: 0 PASS or PASS WITH NOTES, 1 FAIL, 2 usage, configuration or a file,",
            "3 FAIL, because a server could not be reached after the change."
        })
public final class ChangeVerifyCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CHANGE", description = "The change's number.")
    String id;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Read again and again until it passes or this time is up, such as 30m.")
    Duration wait = Duration.ZERO;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "With --wait: how long to pause between two readings (default: 30s).")
    Duration every = Duration.ofSeconds(30);

    @Option(names = "--expect", paramLabel = "FILE", description = "In place of what was declared when it was opened.")
    @Nullable Path expect;

    @Mixin
    ChangeFleet fleet = new ChangeFleet();

    @Mixin
    ChangeReports output = new ChangeReports();

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @SuppressWarnings("NullAway.Init")
    public ChangeVerifyCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new UsageException("--every has to be at least 1s");
        }
        WindowStore store = change.store();
        Window window = change.window(id);
        return change.alone(window.id(), () -> verify(store, change.window(id)));
    }

    private int verify(WindowStore store, Window window) throws Exception {
        switch (window.state()) {
            case OPENING ->
                throw new UsageException(window.id() + " was never opened to its end: whoever opened it was stopped in"
                        + " the middle, so there is no baseline; open it again");
            case CLOSED, ABORTED ->
                throw new UsageException(window.id() + " is " + window.state().word() + "; 'asrdoctor change show "
                        + window.id() + "' tells its last verdict");
            case OPEN -> {}
        }
        ChangeWork work = new ChangeWork(edges, spec.commandLine(), output.machineReadable());
        Path folder = store.folder(window.id());
        Path kept = folder.resolve(WindowStore.BASELINE);
        Basis basis = window.basis();
        Path declared = ChangeWork.kept(kept.resolve(WindowStore.EXPECTED), basis == null ? "" : basis.declared());
        Path policy = ChangeWork.kept(kept.resolve(WindowStore.POLICY), basis == null ? "" : basis.policy());
        Path expected = expect == null ? declared : expect;
        List<Expectation> expectations = ChangeWork.expectations(expected, window.servers());
        FleetOptions options = fleet.with(window.inventory(), policy, List.of());
        Fleet all = options.load(edges);
        List<Outcome<Facts>> baseline = ChangeWork.baseline(store, window);
        Judged before = ChangeWork.judged(baseline, all.policy());

        Optional<Window.Verification> interrupted = window.interrupted();
        int number = interrupted
                .map(Window.Verification::number)
                .orElse(window.verifications().size() + 1);
        Path after = folder.resolve(WindowStore.after(number));
        if (interrupted.isPresent()) {
            spec.commandLine()
                    .getErr()
                    .println("asrdoctor: the verification that "
                            + interrupted.get().by() + " began at "
                            + interrupted.get().startedAt().truncatedTo(ChronoUnit.SECONDS)
                            + " was stopped in the middle; it is made afresh");
            Durable.delete(after);
        }
        Instant startedAt = edges.clock().instant();
        Window.Verification begun = Window.Verification.begun(number, startedAt, edges.whoAndWhere());
        window = window.verified(
                begun, work.event("verifying", interrupted.isPresent() ? "afresh, the one before was stopped" : ""));
        store.save(window);

        List<Outcome<Facts>> visits = read(work, all, baseline, before, expectations, window, startedAt.plus(wait));
        Path inventory = all.inventory().source().toAbsolutePath().normalize();
        ChangeWork.Kept facts = ChangeWork.keep(visits, inventory, options.policy, expected, after);
        List<String> notes = notes(store, window, edges.clock().instant(), facts.basis());
        notes.addAll(ChangeWork.reads(baseline, visits));
        Judged now = ChangeWork.judged(visits, all.policy());
        notes.addAll(ChangeWork.neverJudged(Assessment.of(window.servers(), before, now, expectations, List.of())));
        Assessment assessment = Assessment.of(window.servers(), before, now, expectations, notes);
        Window.Verification ended = new Window.Verification(
                number,
                startedAt,
                edges.clock().instant(),
                edges.whoAndWhere(),
                assessment.verdict(),
                facts.fingerprint(),
                facts.basis(),
                notes);
        window = window.verified(
                ended, work.event("verified", assessment.verdict().words()));
        store.save(window);
        ChangeReport report = ChangeWork.report(window, ended, assessment);
        output.write(report, spec.commandLine().getOut(), edges);
        return code(assessment);
    }

    static int code(Assessment assessment) {
        if (assessment.verdict() != Verdict.FAIL) {
            return ExitCode.HEALTHY.code();
        }
        return (assessment.anyUnread() ? ExitCode.NOT_CHECKED : ExitCode.PROBLEMS).code();
    }

    /** @param with what was read, and is judged by */
    private static List<String> notes(WindowStore store, Window window, Instant now, Basis with) throws Exception {
        List<String> notes = new ArrayList<>(ChangeWork.overlaps(window, store.contents(), now));
        if (!with.inventory().equals(window.inventory())) {
            notes.add("the baseline was read with the inventory " + window.inventory() + ", and this with "
                    + with.inventory());
        }
        Basis before = window.basis();
        if (before != null && !before.policy().equals(with.policy())) {
            notes.add("both are judged by another policy than that of the opening");
        }
        if (before != null && !before.declared().equals(with.declared())) {
            notes.add("the differences were not declared when the window was opened, but "
                    + (before.declared().isEmpty() ? "now" : "others were; these stand in their place"));
        }
        if (window.forced() != null) {
            notes.add("it was opened by force although the fleet was not fit to be changed: " + window.forced());
        }
        window.history().stream()
                .filter(event -> event.what().equals(Window.REOPENED))
                .forEach(event -> notes.add("the window had ended before it was extended " + event.detail()
                        + "; in between nothing was held back"));
        if (window.expired(now)) {
            notes.add("the window had ended at " + UntilConverter.words(window.until(), ZoneId.systemDefault())
                    + " already; since then nothing was held back");
        }
        return notes;
    }

    /** Reads what is not well again until everything is, or the time is up; at last everything at once. */
    private List<Outcome<Facts>> read(
            ChangeWork work,
            Fleet all,
            List<Outcome<Facts>> baseline,
            Judged before,
            List<Expectation> expectations,
            Window window,
            Instant end)
            throws Exception {
        Map<String, Outcome<Facts>> known = new LinkedHashMap<>();
        Set<String> wanted = new LinkedHashSet<>(window.servers());
        try (WaitView view = new WaitView(
                spec.commandLine().getErr(),
                edges.terminal().progress(),
                !wait.isZero() && !output.machineReadable(),
                Thread::sleep)) {
            while (true) {
                for (Outcome<Facts> visit : visit(work, all, baseline, wanted)) {
                    // What was read before tells more than that it was stopped while being read again.
                    if (Interrupts.wasStopped() && visit instanceof Outcome.Failed<Facts>) {
                        known.putIfAbsent(visit.server().name(), visit);
                    } else {
                        known.put(visit.server().name(), visit);
                    }
                }
                List<Outcome<Facts>> visits =
                        window.servers().stream().map(known::get).toList();
                Assessment assessment = Assessment.of(
                        window.servers(), before, ChangeWork.judged(visits, all.policy()), expectations, List.of());
                if (Interrupts.wasStopped()) {
                    stopped(view, assessment);
                }
                boolean whole = wanted.size() == window.servers().size();
                Duration left = Duration.between(edges.clock().instant(), end);
                if (assessment.verdict() != Verdict.FAIL ? whole : !left.isPositive()) {
                    return visits;
                }
                wanted.clear();
                assessment.servers().stream()
                        .filter(server -> server.verdict() == Verdict.FAIL)
                        .forEach(server -> wanted.add(server.server()));
                if (wanted.isEmpty() || !assessment.missingAnywhere().isEmpty()) {
                    wanted.addAll(window.servers());
                }
                if (assessment.verdict() == Verdict.FAIL) {
                    waitFor(view, assessment, left);
                }
            }
        }
    }

    private void waitFor(WaitView view, Assessment assessment, Duration left) throws Exception {
        try {
            Interrupts.run(() -> {
                view.wait(assessment, left, every.compareTo(left) < 0 ? every : left);
                return 0;
            });
        } catch (InterruptedException e) {
            spec.commandLine().getErr().println(Failures.STOPPED);
        }
        if (Interrupts.wasStopped()) {
            stopped(view, assessment);
        }
    }

    /** Tells what is known, and keeps nothing of it: the next verification is made afresh. */
    private void stopped(WaitView view, Assessment assessment) throws InterruptedException {
        view.close();
        PrintWriter err = spec.commandLine().getErr();
        err.println("asrdoctor: as far as it was read, " + WaitView.state(assessment)
                + "; nothing of it is kept, so verify again");
        throw new InterruptedException(Failures.STOPPED);
    }

    private static List<Outcome<Facts>> visit(
            ChangeWork work, Fleet all, List<Outcome<Facts>> baseline, Set<String> wanted) throws Exception {
        List<Server> there = all.inventory().servers().stream()
                .filter(server -> wanted.contains(server.name()))
                .toList();
        List<Outcome<Facts>> visits = new ArrayList<>();
        if (!there.isEmpty()) {
            visits.addAll(work.readAsFarAsItGoes(all.with(there)));
        }
        Set<String> names = new LinkedHashSet<>(wanted);
        there.forEach(server -> names.remove(server.name()));
        for (Outcome<Facts> was : baseline) {
            if (names.contains(was.server().name())) {
                visits.add(new Outcome.Failed<>(
                        was.server(),
                        new Trouble(
                                "name",
                                "not-in-inventory",
                                "it is not in the inventory " + all.inventory().source() + " any more",
                                "Put it back, or name the inventory that it is in with -i.")));
            }
        }
        return visits;
    }
}
