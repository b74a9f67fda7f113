package dev.asrdoctor.cli.options;

import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.connect.Accounts;
import dev.asrdoctor.connect.Connector;
import dev.asrdoctor.fleet.Fleet;
import dev.asrdoctor.fleet.FleetLimits;
import dev.asrdoctor.fleet.FleetRun;
import dev.asrdoctor.inventory.Credential;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.inventory.PasswordException;
import dev.asrdoctor.inventory.Passwords;
import dev.asrdoctor.inventory.ProcessText;
import dev.asrdoctor.inventory.Selection;
import dev.asrdoctor.inventory.SelectionException;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.PolicyLoader;
import dev.asrdoctor.policy.RunPolicy;
import dev.asrdoctor.remedy.PolicyFile;
import dev.asrdoctor.remoting.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which servers, with which policy: the options of every command that works on a fleet. */
public final class FleetOptions {
    /** Many times what a script answers, and little enough for hundreds of servers that talk nonsense at once. */
    private static final int OUTPUT_LIMIT = 2 * 1024 * 1024;

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
        Path file = InventoryFile.of(edges, inventory);
        if (inventory == null && !Files.exists(file)) {
            throw new UsageException("no inventory: name one with -i FILE or ASRDOCTOR_INVENTORY, since there is no "
                    + file + "; 'asrdoctor inventory init' writes a first one");
        }
        Inventory loaded = InventoryLoader.load(file);
        PolicyLoader.Loaded rules = rules();
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

    /** The run, with every password fetched before the first server is contacted. */
    static FleetRun start(Fleet fleet, Edges edges) throws UsageException, PasswordException, InterruptedException {
        RunPolicy limits = fleet.limits();
        Connector connector = new Connector(
                Transports.of(fleet.servers(), OUTPUT_LIMIT, edges)::get,
                accounts(fleet, edges),
                edges.redaction(),
                limits.stopAfterLogonFailures(),
                edges.random());
        return new FleetRun(
                connector,
                new FleetLimits(limits.concurrency(), limits.serverDeadline(), FleetLimits.DEFAULT.startInterval()),
                edges.random());
    }

    /** Every password that is not known yet is fetched. */
    public static Accounts accounts(Fleet fleet, Edges edges)
            throws UsageException, PasswordException, InterruptedException {
        List<String> without = fleet.servers().stream()
                .filter(server -> server.connection().transport().needsCredential()
                        && server.connection().credential() == null)
                .map(Server::name)
                .toList();
        if (!without.isEmpty()) {
            throw new UsageException("no credential is set for "
                    + without.stream().limit(5).collect(Collectors.joining(", "))
                    + (without.size() > 5 ? " and " + (without.size() - 5) + " more" : "")
                    + (fleet.inventory().ansible() == null
                            ? ": set 'credential' for them, their group or the whole inventory"
                            : ": set ansible_user (and ansible_password) for them or their group"));
        }
        Passwords passwords = new Passwords(
                edges.environment(),
                edges.prompter(),
                ProcessText.ofThisProcess(),
                fleet.inventory().credentials().values());
        for (Server server : fleet.servers()) {
            if (!server.connection().transport().needsCredential()) {
                continue;
            }
            String name = Objects.requireNonNull(server.connection().credential());
            if (edges.accounts().known(name).isEmpty()) {
                Credential credential =
                        Objects.requireNonNull(fleet.inventory().credentials().get(name));
                char[] password = passwords.fetch(credential);
                edges.redaction().add(credential.user(), password);
                edges.accounts().keep(name, Identity.of(credential.user(), password, proof(credential)));
            }
        }
        return edges.accounts();
    }

    private static Identity.Proof proof(Credential credential) {
        return switch (credential.proof()) {
            case Credential.Password ignored -> new Identity.Proof.Password();
            case Credential.Keytab keytab -> new Identity.Proof.Keytab(keytab.path());
            case Credential.TicketCache cache -> new Identity.Proof.TicketCache(cache.path());
            case Credential.ClientCertificate certificate -> new Identity.Proof.ClientCertificate(certificate.path());
        };
    }
}
