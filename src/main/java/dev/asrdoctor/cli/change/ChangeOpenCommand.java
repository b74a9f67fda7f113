package dev.asrdoctor.cli.change;

import dev.asrdoctor.change.Expectations;
import dev.asrdoctor.change.Open;
import dev.asrdoctor.cli.options.FleetOptions;
import dev.asrdoctor.cli.options.UntilConverter;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Onlooker;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.report.ExitCode;
import dev.asrdoctor.report.format.Look;
import dev.asrdoctor.store.Windows;
import dev.asrdoctor.text.Plain;
import dev.asrdoctor.text.Words;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
        if (!Windows.isId(id)) {
            throw new UsageException(
                    "'" + id + "' cannot name a change window: letters, digits, '.', '_' and '-', 64 at"
                            + " most, such as CHG0012345");
        }
        ChangeOptions.requireReason(force, reason);
        Instant now = edges.clock().instant();
        Instant end = UntilConverter.parse(until, now, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        FleetOptions options = fleet.with(null, null, patterns);
        options.limit = limits;
        options.command = spec;
        Fleet servers = options.load(edges);
        Expectations.loadOrNone(
                expect, servers.servers().stream().map(Server::name).toList());
        Open.Wanted wanted = new Open.Wanted(id, end, options.policy, expect, force, reason);
        ChangeOptions.Kept kept = change.of(edges, fleet.inventory);
        Onlooker onlooker = Onlooker.of(edges, spec.commandLine().getErr(), false);
        Open open = new Open(edges.controller(onlooker), kept.windows());
        return kept.alone(id, () -> switch (open.open(servers, wanted)) {
            case Open.Unfit unfit -> told(unfit);
            case Open.Opened opened -> told(opened, end, kept.state().place());
        });
    }

    private int told(Open.Unfit refused) {
        PrintWriter err = spec.commandLine().getErr();
        List<String> unfit = refused.unfit();
        err.println("asrdoctor: these servers are not fit to be changed:");
        unfit.stream().limit(TOLD).forEach(line -> err.println("  " + Plain.line(line)));
        if (unfit.size() > TOLD) {
            err.println("  and " + (unfit.size() - TOLD) + " more; asrdoctor check shows them");
        }
        err.println("asrdoctor: " + id + " is not open. Mend them, leave them out (!NAME), or open it with"
                + " --force --reason \"...\"");
        return (refused.unread() ? ExitCode.NOT_CHECKED : ExitCode.PROBLEMS).code();
    }

    private int told(Open.Opened opened, Instant end, String state) {
        List<String> names = opened.servers();
        say(id + " is open until " + Words.minute(end, ZoneId.systemDefault()) + " on "
                + Words.count(names.size(), "server") + ": " + Words.named(names));
        say("Remediation leaves " + (names.size() == 1 ? "it" : "them") + " alone until then. Old problems that"
                + " are not this change's fault: " + opened.oldDebt() + ".");
        if (force && !opened.forced()) {
            say("All of it was fit to be changed, so nothing was forced.");
        }
        opened.overlaps().forEach(note -> say("Note: " + note + "."));
        say("It is kept in " + state + ", where every run of this fleet looks.");
        say("After the change: asrdoctor change verify " + id + " --wait 30m" + change.again(fleet.inventory));
        return ExitCode.HEALTHY.code();
    }

    private void say(String text) {
        Plain.wrap(Plain.line(text), Look.NARROW).forEach(spec.commandLine().getOut()::println);
    }
}
