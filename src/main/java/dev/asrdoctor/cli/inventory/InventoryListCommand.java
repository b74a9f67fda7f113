package dev.asrdoctor.cli.inventory;

import dev.asrdoctor.cli.options.InventoryFile;
import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.inventory.Inventory;
import dev.asrdoctor.inventory.InventoryLoader;
import dev.asrdoctor.inventory.Selection;
import dev.asrdoctor.inventory.Server;
import dev.asrdoctor.report.json.ServersJson;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.ServersView;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Show the servers, with everything that they inherit.")
final class InventoryListCommand implements Callable<Integer> {
    @ParentCommand
    InventoryCommand parent;

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "Default: ASRDOCTOR_INVENTORY, else inventory/fleet.yaml.")
    @Nullable Path inventory;

    @Mixin
    Outputs output = new Outputs(Subject.SERVERS);

    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..*",
            description = "Servers by name, glob, group, tag=value, site=, deployment=; !PATTERN takes away.")
    List<String> patterns = List.of();

    @Option(
            names = {"-l", "--limit"},
            paramLabel = "PATTERN",
            description = "Of those, what Ansible's --limit would select: 'paris:!ps-2', 'web[0:2]', @FILE, ...")
    List<String> limit = List.of();

    @SuppressWarnings("NullAway.Init")
    InventoryListCommand() {}

    @Override
    public Integer call() throws Exception {
        output.check();
        Inventory loaded = InventoryLoader.load(parent.file(inventory));
        Selection.Chosen chosen = Selection.choose(loaded, new Selection.Wanted(patterns, limit));
        List<Server> servers = chosen.servers();
        InventoryFile.tell(loaded, chosen, spec.commandLine().getErr());
        output.write(
                new Report(ServersView.of(servers), new ServersJson(loaded, servers)),
                spec.commandLine().getOut(),
                parent.edges());
        return 0;
    }
}
