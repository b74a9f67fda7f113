package dev.asrdoctor.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
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
    Path file = InventoryCommand.USUAL;

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
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        Path unfinished = folder.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(unfinished, starter(), StandardOpenOption.CREATE_NEW);
            move(unfinished);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        spec.commandLine().getOut().println("Wrote " + file + ". Next: asrdoctor inventory validate -i " + file);
        return 0;
    }

    private void move(Path unfinished) throws IOException {
        if (!force) {
            Files.move(unfinished, file);
            return;
        }
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static byte[] starter() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(InventoryInitCommand.class.getResourceAsStream("starter-inventory.yaml"))) {
            return in.readAllBytes();
        }
    }
}
