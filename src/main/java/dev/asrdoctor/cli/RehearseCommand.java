package dev.asrdoctor.cli;

import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.file.Durable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Does once what later runs do, so that the launcher can keep what the JVM learns from it for quick starts. */
@Command(name = "rehearse", hidden = true, description = "Used by the launcher when it prepares quick starts.")
final class RehearseCommand implements Callable<Integer> {
    /** Port 1 of this machine: what a start needs is loaded, and more than that would make every start slower. */
    private static final String NOBODY_LISTENS = """
            version: 1
            credentials: { none: { user: none, password: { environment: PATH } } }
            settings: { credential: none, transport: http, port: 1 }
            servers: { nobody: { address: 127.0.0.1 } }
            """;

    /** The whole program. */
    @FunctionalInterface
    interface Program {
        int run(Edges edges, PrintWriter out, PrintWriter err, String... args);
    }

    private final Edges edges;
    private final Program program;

    RehearseCommand(Edges edges, Program program) {
        this.edges = edges;
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Path folder = Files.createTempDirectory("asrdoctor-rehearse");
        try {
            String inventory = Files.writeString(folder.resolve("inventory.yaml"), NOBODY_LISTENS)
                    .toString();
            program.run(edges, nowhere, nowhere, "--help");
            program.run(edges, nowhere, nowhere, "inventory", "validate", "-i", inventory);
            for (String format : new String[] {"text", "json"}) {
                program.run(edges, nowhere, nowhere, "check", "-i", inventory, "-o", format);
            }
            return 0;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try {
            Durable.delete(folder);
        } catch (IOException e) {
            // It stays in the system's folder for such files.
        }
    }
}
