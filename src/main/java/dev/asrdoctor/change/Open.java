package dev.asrdoctor.change;

import dev.asrdoctor.assess.Choice;
import dev.asrdoctor.assess.FleetReading;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Controller;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.fleet.Visits;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import dev.asrdoctor.text.Words;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records what is before a change, and holds back whoever heals until the window ends. */
public final class Open {
    private final Controller controller;
    private final Windows windows;

    public Open(Controller controller, Windows windows) {
        this.controller = controller;
        this.windows = windows;
    }

    /**
     * What is wanted.
     *
     * @param policy that the fleet is judged by, null for the built-in values
     * @param expected differences that are meant, null for none
     * @param force whether it is opened although the fleet is not fit to be changed
     * @param reason why it is forced
     */
    public record Wanted(
            String id,
            Instant until,
            @Nullable Path policy,
            @Nullable Path expected,
            boolean force,
            String reason) {}

    /** How it ended. */
    public sealed interface Result {}

    /**
     * Nothing is open.
     *
     * @param unfit servers that are not fit to be changed, and why
     * @param unread whether one of them could not be read
     */
    public record Unfit(List<String> unfit, boolean unread) implements Result {}

    /**
     * It is open.
     *
     * @param forced whether the force was needed
     * @param oldDebt problems that are not this change's fault
     * @param overlaps with other windows
     */
    public record Opened(List<String> servers, boolean forced, long oldDebt, List<String> overlaps) implements Result {}

    /** While no other asrdoctor works on the window. */
    public Result open(Fleet fleet, Wanted wanted) throws Exception {
        String id = wanted.id();
        Optional<Window> known = windows.find(id);
        if (known.isPresent()) {
            refuseUnlessInterrupted(known.get());
            controller
                    .watcher()
                    .tell(known.get().history().getFirst().by() + " began to open "
                            + known.get().id()
                            + " at " + known.get().openedAt().truncatedTo(ChronoUnit.SECONDS)
                            + " and was stopped in the middle; it is opened afresh");
            windows.delete(known.get());
        }
        List<String> names = fleet.servers().stream().map(Server::name).toList();
        Window window = opening(fleet, wanted, names);
        List<String> overlaps = ChangeNotes.overlaps(window, windows.contents(), window.openedAt());
        windows.save(window);
        boolean opened = false;
        try {
            List<Outcome<Facts>> visits = new FleetReading(controller).facts(fleet, Choice.EVERYTHING);
            if (controller.watcher().stopped()) {
                // Nothing may be kept of a reading that is not whole; it was told already that it was stopped.
                throw new InterruptedException(Visits.STOPPED);
            }
            List<ServerReport> reports =
                    FleetChange.judged(visits, fleet.policy()).reports();
            List<String> unfit = unfit(reports);
            if (!unfit.isEmpty() && !wanted.force()) {
                return new Unfit(unfit, reports.stream().anyMatch(report -> !report.reached()));
            }
            KeptFacts.Kept facts = KeptFacts.keep(
                    visits,
                    window.inventory(),
                    new KeptFacts.Beside(Attachment.ofFile(wanted.policy()), Attachment.ofFile(wanted.expected())),
                    windows.evidence(window, Windows.BASELINE),
                    controller.version());
            String why = unfit.isEmpty() ? null : wanted.reason();
            windows.save(window.opened(
                    facts.fingerprint(),
                    facts.basis(),
                    why,
                    Events.now(controller, "opened", how(wanted, names, why, unfit))));
            opened = true;
            return new Opened(names, why != null, oldDebt(reports), overlaps);
        } finally {
            if (!opened) {
                windows.delete(window);
            }
        }
    }

    private Window opening(Fleet fleet, Wanted wanted, List<String> names) {
        Path policy = wanted.policy();
        return new Window(
                wanted.id(),
                Window.State.OPENING,
                controller.clock().instant(),
                wanted.until(),
                controller.whoAndWhere(),
                fleet.inventory().source().toAbsolutePath().normalize(),
                names,
                policy == null ? null : policy.toAbsolutePath().normalize(),
                null,
                "",
                null,
                List.of(),
                List.of(Events.now(controller, "opening", "")));
    }

    private static String how(Wanted wanted, List<String> names, @Nullable String why, List<String> unfit) {
        if (why != null) {
            return "forced: " + why + "; not fit: " + String.join("; ", unfit);
        }
        String counted = Words.count(names.size(), "server");
        return wanted.force() ? counted + ", all fit, so nothing was forced: " + wanted.reason() : counted;
    }

    private static void refuseUnlessInterrupted(Window known) throws ChangeException {
        switch (known.state()) {
            case OPENING -> {}
            case OPEN ->
                throw new ChangeException(known.id() + " is open already, since "
                        + known.openedAt().truncatedTo(ChronoUnit.SECONDS)
                        + "; verify it, extend it, close it or abort it");
            case CLOSED, ABORTED ->
                throw new ChangeException("there was a change window " + known.id() + " already, and it is "
                        + known.state().word() + "; take another name, such as " + known.id() + "-2");
        }
    }

    private static long oldDebt(List<ServerReport> reports) {
        return reports.stream()
                .flatMap(report -> report.findings().stream())
                .filter(finding -> finding.status() == Status.FAIL || finding.status() == Status.WARN)
                .count();
    }

    /** Servers that cannot be read, and problems that replication suffers under. */
    private static List<String> unfit(List<ServerReport> reports) {
        List<String> unfit = new ArrayList<>();
        for (ServerReport report : reports) {
            for (Finding finding : report.findings()) {
                boolean severe =
                        finding.status() == Status.FAIL && finding.severity().compareTo(Severity.HIGH) >= 0;
                if (severe || finding.check().equals(ServerReport.REACHABLE)) {
                    unfit.add(report.server().name() + ": " + finding.title());
                }
            }
        }
        return unfit;
    }
}
