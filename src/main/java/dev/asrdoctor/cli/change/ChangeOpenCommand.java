package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Window;
import dev.asrdoctor.change.WindowStore;
import dev.asrdoctor.check.Finding;
import dev.asrdoctor.check.ServerReport;
import dev.asrdoctor.check.Severity;
import dev.asrdoctor.check.Status;
import dev.asrdoctor.cli.options.FleetOptions;
import dev.asrdoctor.cli.options.UntilConverter;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.Outcome;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.report.ChangeText;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.text.Words;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "open",
        description = "Record what is, and leave these servers alone until the change is verified.",
        footer = {
            "",
            "Exit codes: 0 open, 1 not fit to be changed, 2 usage, configuration or a file,",
            "3 not fit, because a server could not be read."
        })
public final class ChangeOpenCommand implements Callable<Integer> {
    private static final int TOLD = 20;

    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CHANGE", description = "The change's number, such as CHG0012345.")
    String id;

    @Parameters(
            index = "1..*",
            paramLabel = "PATTERN",
            arity = "0..*",
            description = "Servers by name, glob, group, tag=value, site=, deployment=; !PATTERN takes away.")
    List<String> patterns = List.of();

    @Option(
            names = {"-l", "--limit"},
            paramLabel = "PATTERN",
            description = "Of those, what Ansible's --limit would select: 'paris:!ps-2', 'web[0:2]', @FILE, ...")
    List<String> limits = List.of();

    @Option(
            names = "--until",
            required = true,
            paramLabel = "TIME",
            description = "When the window ends by itself: 4h, 06:00, 2026-11-24T06:00.")
    String until;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description = "Differences that the change is meant to make; see docs/change-windows.md.")
    @Nullable Path expect;

    @Option(names = "--force", description = "Open it although the fleet is not fit to be changed.")
    boolean force;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is forced; it is recorded.")
    String reason = "";

    @Mixin
    ChangeFleet fleet = new ChangeFleet();

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @SuppressWarnings("NullAway.Init")
    public ChangeOpenCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        if (!WindowStore.isId(id)) {
            throw new UsageException(
                    "'" + id + "' cannot name a change window: letters, digits, '.', '_' and '-', 64 at"
                            + " most, such as CHG0012345");
        }
        if (force && reason.isBlank()) {
            throw new UsageException("--force needs a --reason \"...\", which is recorded");
        }
        if (!force && !reason.isBlank()) {
            throw new UsageException("--reason goes with --force");
        }
        Instant now = edges.clock().instant();
        Instant end = UntilConverter.parse(until, now, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        FleetOptions options = fleet.with(null, null, patterns);
        options.limit = limits;
        options.command = spec;
        Fleet servers = options.load(edges);
        List<String> names = servers.servers().stream().map(Server::name).toList();
        ChangeWork.expectations(expect, names);
        WindowStore store = change.store();
        return change.alone(id, () -> open(store, servers, options, names, end));
    }

    private int open(WindowStore store, Fleet servers, FleetOptions options, List<String> names, Instant end)
            throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Window> known = store.find(id);
        if (known.isPresent()) {
            refuseUnlessInterrupted(known.get());
            err.println("asrdoctor: " + known.get().history().getFirst().by() + " began to open "
                    + known.get().id()
                    + " at " + known.get().openedAt().truncatedTo(ChronoUnit.SECONDS)
                    + " and was stopped in the middle; it is opened afresh");
            store.delete(known.get().id());
        }
        ChangeWork work = new ChangeWork(edges, spec.commandLine(), false);
        Path inventory = servers.inventory().source().toAbsolutePath().normalize();
        Path policy = options.policy;
        Window window = new Window(
                id,
                Window.State.OPENING,
                edges.clock().instant(),
                end,
                edges.whoAndWhere(),
                inventory,
                names,
                policy == null ? null : policy.toAbsolutePath().normalize(),
                null,
                "",
                null,
                List.of(),
                List.of(work.event("opening", "")));
        List<String> overlaps = ChangeWork.overlaps(window, store.contents(), window.openedAt());
        store.save(window);
        boolean opened = false;
        try {
            List<Outcome<Facts>> visits = work.read(servers);
            List<ServerReport> reports =
                    ChangeWork.judged(visits, servers.policy()).reports();
            List<String> unfit = unfit(reports);
            if (!unfit.isEmpty() && !force) {
                err.println("asrdoctor: these servers are not fit to be changed:");
                unfit.stream().limit(TOLD).forEach(line -> err.println("  " + ChangeText.cut(line, Integer.MAX_VALUE)));
                if (unfit.size() > TOLD) {
                    err.println("  and " + (unfit.size() - TOLD) + " more; asrdoctor check shows them");
                }
                err.println("asrdoctor: " + id + " is not open. Mend them, leave them out (!NAME), or open it with"
                        + " --force --reason \"...\"");
                boolean unread = reports.stream().anyMatch(report -> !report.reached());
                return (unread ? ExitCode.NOT_CHECKED : ExitCode.PROBLEMS).code();
            }
            ChangeWork.Kept facts = ChangeWork.keep(
                    visits, inventory, policy, expect, store.folder(id).resolve(WindowStore.BASELINE));
            String why = unfit.isEmpty() ? null : reason;
            String counted = Words.count(names.size(), "server");
            store.save(window.opened(
                    facts.fingerprint(), facts.basis(), why, work.event("opened", how(counted, why, unfit))));
            opened = true;
            say(id + " is open until " + UntilConverter.words(end, ZoneId.systemDefault()) + " on " + counted + ": "
                    + Words.named(names));
            say("Remediation leaves " + (names.size() == 1 ? "it" : "them") + " alone until then. Old problems that"
                    + " are not this change's fault: " + oldDebt(reports) + ".");
            if (force && why == null) {
                say("All of it was fit to be changed, so nothing was forced.");
            }
            overlaps.forEach(note -> say("Note: " + note + "."));
            say("After the change: asrdoctor change verify " + id + " --wait 30m");
            return ExitCode.HEALTHY.code();
        } finally {
            if (!opened) {
                store.delete(id);
            }
        }
    }

    private static void refuseUnlessInterrupted(Window known) throws UsageException {
        switch (known.state()) {
            case OPENING -> {}
            case OPEN ->
                throw new UsageException(known.id() + " is open already, since "
                        + known.openedAt().truncatedTo(ChronoUnit.SECONDS)
                        + "; verify it, extend it, close it or abort it");
            case CLOSED, ABORTED ->
                throw new UsageException("there was a change window " + known.id() + " already, and it is "
                        + known.state().word() + "; take another name, such as " + known.id() + "-2");
        }
    }

    private String how(String counted, @Nullable String why, List<String> unfit) {
        if (why != null) {
            return "forced: " + why + "; not fit: " + String.join("; ", unfit);
        }
        return force ? counted + ", all fit, so nothing was forced: " + reason : counted;
    }

    private void say(String text) {
        ChangeText.lines(text).forEach(spec.commandLine().getOut()::println);
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
