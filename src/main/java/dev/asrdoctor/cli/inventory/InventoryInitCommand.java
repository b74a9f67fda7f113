package dev.asrdoctor.cli.inventory;

import dev.asrdoctor.cli.options.InventoryFile;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.file.Access;
import dev.asrdoctor.file.Durable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "init", mixinStandardHelpOptions = true, description = "Write a first inventory, with comments.")
final class InventoryInitCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: inventory/fleet.yaml.")
    Path file = InventoryFile.USUAL;

    @Option(names = "--force", description = "Replace the file if it is there.")
    boolean force;

    @SuppressWarnings("NullAway.Init")
    InventoryInitCommand() {}

    @Override
    public Integer call() throws IOException, UsageException {
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder; name a file in it");
        }
        if (Files.exists(file) && !force) {
            throw new UsageException(file + " is there already; --force replaces it");
        }
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        if (force) {
            Durable.write(file, starter(), Access.USUAL);
        } else {
            Durable.create(file, starter(), Access.USUAL);
        }
        spec.commandLine().getOut().println("Wrote " + file + ". Next: asrdoctor inventory validate -i " + file);
        return 0;
    }

    private static byte[] starter() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(InventoryInitCommand.class.getResourceAsStream("starter-inventory.yaml"))) {
            return in.readAllBytes();
        }
    }
}
