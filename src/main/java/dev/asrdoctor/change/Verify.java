package dev.asrdoctor.change;

import dev.asrdoctor.assess.Choice;
import dev.asrdoctor.assess.FleetReading;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Controller;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.Trouble;
import dev.asrdoctor.fleet.Visits;
import dev.asrdoctor.fleet.Watcher;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.store.Evidence;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the servers of a change again, compares them with what was, and keeps the verdict. */
public final class Verify {
    private final Controller controller;
    private final Windows windows;
    private final Fleets fleets;
    private final Waiting waiting;
    private final Patience patience;

    /**
     * @param waiting sees what is waited for; closed at the end of {@link #verify}
     */
    public Verify(Controller controller, Windows windows, Fleets fleets, Waiting waiting, Patience patience) {
        this.controller = controller;
        this.windows = windows;
        this.fleets = fleets;
        this.waiting = waiting;
        this.patience = patience;
    }

    /**
     * How long it is read again and again.
     *
     * @param most zero for once
     * @param every the pause between two readings
     */
    public record Patience(Duration most, Duration every) {}

    /** Which servers are read, and by which policy they are judged. */
    @FunctionalInterface
    public interface Fleets {
        /** @param kept the policy that was kept with the baseline, null where there was none */
        Chosen of(Window window, @Nullable Attachment kept) throws Exception;
    }

    /** @param policy in place of the one that was kept, null for that one */
    public record Chosen(Fleet all, @Nullable Path policy) {}

    /**
     * While no other asrdoctor works on the window.
     *
     * @param expect declared differences in place of those of the opening, null for those
     * @throws ChangeException where the window is not open, or something is not as it was kept
     * @throws InterruptedException where it was stopped; nothing is kept then
     */
    public ChangeReport verify(Window window, @Nullable Path expect) throws Exception {
        requireOpen(window);
        KeptFacts.Beside kept = KeptFacts.beside(windows.evidence(window, Windows.BASELINE), window.basis());
        Attachment expected = expect == null ? kept.expected() : Attachment.ofFile(expect);
        List<Expectation> expectations = Expectations.keptOrNone(expected, window.servers());
        Chosen chosen = fleets.of(window, kept.policy());
        Attachment policy = chosen.policy() == null ? kept.policy() : Attachment.ofFile(chosen.policy());
        List<Outcome<Facts>> baseline = KeptFacts.baseline(windows, window);
        Judged before = FleetChange.judged(baseline, chosen.all().policy());

        Asked asked = new Asked(window.servers(), chosen.all(), baseline, before, expectations);

        Window.Verification begun = begun(window);
        Evidence after = windows.evidence(window, Windows.after(begun.number()));
        if (window.interrupted().isPresent()) {
            after.delete();
        }
        Window verifying = window.verified(
                begun,
                Events.now(
                        controller,
                        "verifying",
                        window.interrupted().isPresent() ? "afresh, the one before was stopped" : ""));
        windows.save(verifying);

        List<Outcome<Facts>> visits = read(asked, begun.startedAt().plus(patience.most()));
        Path inventory = chosen.all().inventory().source().toAbsolutePath().normalize();
        KeptFacts.Kept facts =
                KeptFacts.keep(visits, inventory, new KeptFacts.Beside(policy, expected), after, controller.version());
        List<String> notes = ChangeNotes.of(
                verifying, windows.contents(), controller.clock().instant(), facts.basis(), controller.zone());
        notes.addAll(ChangeNotes.reads(baseline, visits));
        Judged judged = asked.judged(visits);
        notes.addAll(ChangeNotes.neverJudged(asked.assessed(judged, List.of())));
        Assessment assessment = asked.assessed(judged, notes);
        Window.Verification ended = new Window.Verification(
                begun.number(),
                begun.startedAt(),
                controller.clock().instant(),
                controller.whoAndWhere(),
                assessment.verdict(),
                facts.fingerprint(),
                facts.basis(),
                notes);
        Window verified = verifying.verified(
                ended, Events.now(controller, "verified", assessment.verdict().words()));
        windows.save(verified);
        return ChangeReport.of(verified, ended, assessment, controller.version());
    }

    /** What is compared. */
    private record Asked(
            List<String> servers,
            Fleet all,
            List<Outcome<Facts>> baseline,
            Judged before,
            List<Expectation> expectations) {
        Judged judged(List<Outcome<Facts>> visits) {
            return FleetChange.judged(visits, all.policy());
        }

        Assessment assessed(Judged after, List<String> notes) {
            return Assessment.of(servers, before, after, expectations, notes);
        }
    }

    private static void requireOpen(Window window) throws ChangeException {
        switch (window.state()) {
            case OPENING ->
                throw new ChangeException(window.id() + " was never opened to its end: whoever opened it was stopped in"
                        + " the middle, so there is no baseline; open it again");
            case CLOSED, ABORTED ->
                throw new ChangeException(window.id() + " is " + window.state().word() + "; 'asrdoctor change show "
                        + window.id() + "' tells its last verdict");
            case OPEN -> {}
        }
    }

    /** The next one; one that was stopped in the middle is made afresh. */
    private Window.Verification begun(Window window) {
        Optional<Window.Verification> interrupted = window.interrupted();
        int number = interrupted
                .map(Window.Verification::number)
                .orElse(window.verifications().size() + 1);
        interrupted.ifPresent(before -> controller
                .watcher()
                .tell("the verification that " + before.by() + " began at "
                        + before.startedAt().truncatedTo(ChronoUnit.SECONDS)
                        + " was stopped in the middle; it is made afresh"));
        return Window.Verification.begun(number, controller.clock().instant(), controller.whoAndWhere());
    }

    /** Reads what is not well again until everything is, or the time is up; at last everything at once. */
    private List<Outcome<Facts>> read(Asked asked, Instant end) throws Exception {
        Watcher watcher = controller.watcher();
        Map<String, Outcome<Facts>> known = new LinkedHashMap<>();
        Set<String> wanted = new LinkedHashSet<>(asked.servers());
        try {
            while (true) {
                for (Outcome<Facts> visit : visit(asked, wanted)) {
                    // What was read before tells more than that it was stopped while being read again.
                    if (watcher.stopped() && visit instanceof Outcome.Failed<Facts>) {
                        known.putIfAbsent(visit.server().name(), visit);
                    } else {
                        known.put(visit.server().name(), visit);
                    }
                }
                List<Outcome<Facts>> visits =
                        asked.servers().stream().map(known::get).toList();
                Assessment assessment = asked.assessed(asked.judged(visits), List.of());
                if (watcher.stopped()) {
                    stopped(assessment);
                }
                boolean whole = wanted.size() == asked.servers().size();
                Duration left = Duration.between(controller.clock().instant(), end);
                if (assessment.verdict() != Verdict.FAIL ? whole : !left.isPositive()) {
                    return visits;
                }
                wanted.clear();
                assessment.servers().stream()
                        .filter(server -> server.verdict() == Verdict.FAIL)
                        .forEach(server -> wanted.add(server.server()));
                if (wanted.isEmpty() || !assessment.missingAnywhere().isEmpty()) {
                    wanted.addAll(asked.servers());
                }
                if (assessment.verdict() == Verdict.FAIL) {
                    waitFor(assessment, left);
                }
            }
        } finally {
            waiting.close();
        }
    }

    private void waitFor(Assessment assessment, Duration left) throws Exception {
        Watcher watcher = controller.watcher();
        try {
            watcher.stoppable(() -> {
                waiting.pause(assessment, left, patience.every().compareTo(left) < 0 ? patience.every() : left);
                return 0;
            });
        } catch (InterruptedException e) {
            watcher.tell(Visits.STOPPED);
        }
        if (watcher.stopped()) {
            stopped(assessment);
        }
    }

    /** Tells what is known, and keeps nothing of it: the next verification is made afresh. */
    private void stopped(Assessment assessment) throws InterruptedException {
        waiting.stopped(assessment);
        throw new InterruptedException(Visits.STOPPED);
    }

    private List<Outcome<Facts>> visit(Asked asked, Set<String> wanted) throws Exception {
        Fleet all = asked.all();
        List<Server> there = all.inventory().servers().stream()
                .filter(server -> wanted.contains(server.name()))
                .toList();
        List<Outcome<Facts>> visits = new ArrayList<>();
        if (!there.isEmpty()) {
            visits.addAll(new FleetReading(controller).facts(all.with(there), Choice.EVERYTHING));
        }
        Set<String> names = new LinkedHashSet<>(wanted);
        there.forEach(server -> names.remove(server.name()));
        for (Outcome<Facts> was : asked.baseline()) {
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
