package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.inventory.Selection;
import dev.asrdoctor.inventory.SelectionException;
import dev.asrdoctor.policy.PolicyLoader;
import dev.asrdoctor.policy.RunPolicy;
import dev.asrdoctor.remedy.PolicyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which servers, with which policy: the options of every command that works on a fleet. */
public final class FleetOptions {
    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description =
                    "Inventory: asrdoctor's YAML, or an Ansible inventory. Default: ASRDOCTOR_INVENTORY, else inventory/fleet.yaml.")
    public @Nullable Path inventory;

    @Option(names = "--policy", paramLabel = "FILE", description = "Policy; see inventory/policy.yaml.")
    public @Nullable Path policy;

    @Option(names = "--concurrency", paramLabel = "N", description = "Servers visited at the same time.")
    public @Nullable Integer concurrency;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Limit for one server, connecting included, such as 90s.")
    public @Nullable Duration deadline;

    /** The command that these belong to; null where they were not read from a command line. */
    @Spec(Spec.Target.MIXEE)
    public @Nullable CommandSpec command;

    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..*",
            description = "Servers by name, glob, group, tag=value, site=, deployment=; !PATTERN takes away.")
    public List<String> patterns = List.of();

    @Option(
            names = {"-l", "--limit"},
            paramLabel = "PATTERN",
            description = "Of those, what Ansible's --limit would select: 'paris:!ps-2', 'web[0:2]', @FILE, ...")
    public List<String> limit = List.of();

    /** What the user chose; all where that is nothing. */
    public Selection.Wanted chosen() {
        return new Selection.Wanted(patterns, limit);
    }

    public Fleet load(Edges edges) throws ConfigException, SelectionException, UsageException {
        return load(edges, rules());
    }

    /** @param rules in place of {@link #rules} */
    public Fleet load(Edges edges, PolicyLoader.Loaded rules)
            throws ConfigException, SelectionException, UsageException {
        Path file = InventoryFile.of(edges, inventory);
        if (inventory == null && !Files.exists(file)) {
            throw new UsageException("no inventory: name one with -i FILE or ASRDOCTOR_INVENTORY, since there is no "
                    + file + "; 'asrdoctor inventory init' writes a first one");
        }
        Inventory loaded = InventoryLoader.load(file);
        Selection.Chosen servers = Selection.choose(loaded, chosen());
        if (command != null) {
            InventoryFile.tell(loaded, servers, command.commandLine().getErr());
        }
        return new Fleet(loaded, servers.servers(), rules.policy(), limits(rules.run()));
    }

    public PolicyLoader.Loaded rules() throws ConfigException {
        return policy == null ? PolicyLoader.Loaded.DEFAULT : PolicyFile.load(policy);
    }

    private RunPolicy limits(RunPolicy run) throws UsageException {
        int most = concurrency == null ? run.concurrency() : concurrency;
        if (most < 1) {
            throw new UsageException("--concurrency has to be at least 1");
        }
        if (deadline != null && deadline.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new UsageException("--deadline has to be at least 1s");
        }
        return new RunPolicy(
                most,
                deadline == null ? run.serverDeadline() : deadline,
                run.stopAfterLogonFailures(),
                run.startWait(),
                run.settle());
    }
}
