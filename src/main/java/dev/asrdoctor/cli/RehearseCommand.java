package dev.asrdoctor.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Does once what later runs do, so that the launcher can keep what the JVM learns from it for quick starts. */
@Command(name = "rehearse", hidden = true, description = "Used by the launcher when it prepares quick starts.")
final class RehearseCommand implements Callable<Integer> {
    private final Edges edges;

    RehearseCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Path folder = Files.createTempDirectory("asrdoctor-rehearse");
        try {
            Main.run(edges, nowhere, nowhere, "--version");
            Main.run(edges, nowhere, nowhere, "--help");
            Main.run(
                    edges,
                    nowhere,
                    nowhere,
                    "check",
                    "-i",
                    folder.resolve("none.yaml").toString());
            Main.run(edges, nowhere, nowhere, "demo");
            Main.run(edges, nowhere, nowhere, "demo", "-o", "json");
            return 0;
        } finally {
            Files.delete(folder);
        }
    }
}
