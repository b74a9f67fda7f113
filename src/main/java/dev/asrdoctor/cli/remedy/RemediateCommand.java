package dev.asrdoctor.cli.remedy;

import dev.asrdoctor.cli.options.DurationConverter;
import dev.asrdoctor.cli.options.FleetOptions;
import dev.asrdoctor.cli.options.InventoryFile;
import dev.asrdoctor.cli.options.NamedFiles;
import dev.asrdoctor.cli.options.OutputOptions;
import dev.asrdoctor.cli.state.Earlier;
import dev.asrdoctor.cli.state.FleetState;
import dev.asrdoctor.cli.state.StateOption;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.remedy.Remediate;
import dev.asrdoctor.report.model.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "remediate",
        description = {
            "Start services that have stopped, and heal what else the policy lets be healed.",
            "Without --apply it only prints the plan."
        },
        footer = {
            "",
            "Exit codes: 0 healthy (afterwards), 1 problems remain, 2 usage, configuration or a",
            "local file, 3 something could not be checked, 4 something could not be healed."
        })
public final class RemediateCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Mixin
    FleetOptions fleet = new FleetOptions();

    @Mixin
    OutputOptions output = new OutputOptions(Subject.REMEDY);

    @Option(names = "--apply", description = "Do it, and prove it by reading again.")
    boolean apply;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Write what is meant and what comes of it here and not in the fleet's state, whose journal"
                    + " counts all the same.")
    @Nullable Path journal;

    @Mixin
    StateOption state = new StateOption();

    @Option(
            names = "--changes",
            paramLabel = "DIR",
            description = "Further change windows beside those of --state; servers in an open one are left alone.")
    @Nullable Path changes;

    @Option(names = "--plan-out", paramLabel = "FILE", description = "Keep the plan, for somebody else to approve.")
    @Nullable Path planOut;

    @Option(
            names = "--plan-in",
            paramLabel = "FILE",
            description = "Do only what this plan says; refused where the facts have moved on.")
    @Nullable Path planIn;

    @Option(
            names = "--unattended",
            description = "For schedulers: never a prompt, one summary line, the rest goes to --log.")
    boolean unattended;

    @Option(names = "--log", paramLabel = "FILE", description = "With --unattended (default: ${DEFAULT-VALUE}).")
    Path log = Path.of("asrdoctor-remediate.log");

    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Begin no server after this time (default with --unattended: 30m).")
    @Nullable Duration within;

    @SuppressWarnings("NullAway.Init")
    public RemediateCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        if (planOut != null && planIn != null) {
            throw new UsageException("--plan-out makes a plan and --plan-in does one; choose one of them");
        }
        if (planOut != null && apply) {
            throw new UsageException("--plan-out keeps a plan for approval, so it goes without --apply");
        }
        new NamedFiles()
                .add("--plan-out", planOut)
                .add("--plan-in", planIn)
                .add("--journal", journal)
                .add("--log", unattended ? log : null)
                .add("--policy", fleet.policy)
                .add("-i", fleet.inventory);
        if (planOut != null) {
            NamedFiles.writable("--plan-out " + planOut, planOut);
        }
        if (changes != null && !Files.isDirectory(changes)) {
            throw new UsageException("--changes " + changes + ": there is no such folder, so nobody knows which servers"
                    + " are to be left alone; make it where no change was opened yet");
        }
        if (unattended) {
            return new UnattendedRun(edges, spec, log).run(this);
        }
        return remediate(edges, spec.commandLine()).code();
    }

    RemedyWork.Ended remediate(Edges with, CommandLine command) throws Exception {
        Duration limit = unattended && within == null ? UnattendedRun.WITHIN : within;
        Fleet servers = fleet.load(with);
        FleetState kept = state.of(InventoryFile.of(with, fleet.inventory), Earlier.of(journal, changes));
        if (apply && journal == null) {
            kept.requireWritable();
        }
        // Better said before every server is asked.
        kept.windows().all();
        List<String> told = kept.told();
        Remediate.Options options =
                new Remediate.Options(kept.journal(), kept.windows(), apply, planOut, planIn, limit);
        RemedyWork.Ended ended = new RemedyWork(with, servers, options, unattended, output, command).run();
        told.forEach(command.getErr()::println);
        kept.toldOfJournals().forEach(command.getErr()::println);
        return ended;
    }
}
