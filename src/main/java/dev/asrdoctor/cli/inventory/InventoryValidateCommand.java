package dev.asrdoctor.cli.inventory;

import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Problem;
import dev.asrdoctor.inventory.AnsibleSource;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.remedy.PolicyFile;
import dev.asrdoctor.text.Words;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Tell every mistake in an inventory, and in a policy, with its line.",
        footer = {"", "Exit codes: 0 no mistake, 2 mistakes, each on a line of its own."})
final class InventoryValidateCommand implements Callable<Integer> {
    @ParentCommand
    InventoryCommand parent;

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "Default: ASRDOCTOR_INVENTORY, else inventory/fleet.yaml.")
    @Nullable Path inventory;

    @Option(names = "--policy", paramLabel = "FILE", description = "A policy to validate too.")
    @Nullable Path policy;

    @SuppressWarnings("NullAway.Init")
    InventoryValidateCommand() {}

    @Override
    public Integer call() throws ConfigException, UsageException {
        List<Problem> problems = new ArrayList<>();
        Inventory loaded = null;
        Policy rules = Policy.DEFAULT;
        try {
            loaded = InventoryLoader.load(parent.file(inventory));
            if (loaded.ansible() != null) {
                problems.addAll(loaded.ansible().refusals());
            }
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
        try {
            if (policy != null) {
                rules = PolicyFile.load(policy).policy();
            }
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
        if (loaded != null && loaded.ansible() != null) {
            tell(loaded.ansible(), spec.commandLine().getErr());
        }
        if (loaded == null || !problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        List<String> doubtful = CrossChecks.of(loaded, rules);
        if (!doubtful.isEmpty()) {
            throw new UsageException(String.join("\nasrdoctor: ", doubtful));
        }
        tell(loaded, spec.commandLine().getOut());
        return 0;
    }

    private static void tell(AnsibleSource ansible, PrintWriter err) {
        ansible.notes().forEach(note -> err.println("note: " + note));
        if (!ansible.elsewhere().isEmpty()) {
            err.println(ansible.elsewhere());
        }
        err.flush();
    }

    private static void tell(Inventory inventory, PrintWriter out) {
        out.println("OK: " + Words.count(inventory.servers().size(), "server") + " in "
                + Words.count(inventory.groups().size(), "group") + ", "
                + Words.count(inventory.credentials().size(), "credential"));
        name(
                "No credential is set, so no command can visit: ",
                inventory.servers().stream()
                        .filter(server -> server.connection().credential() == null)
                        .map(Server::name)
                        .toList(),
                out);
    }

    private static void name(String what, List<String> servers, PrintWriter out) {
        if (!servers.isEmpty()) {
            out.println(what + String.join(", ", servers));
        }
    }
}
