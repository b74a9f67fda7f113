package dev.asrdoctor.cli.lab;

import dev.asrdoctor.cli.apart.CommandsApart;
import dev.asrdoctor.cli.terminal.Edges;
import java.util.List;

/** Where the program enters the lab; found by its name. */
public final class LabCommands implements CommandsApart {
    @Override
    public List<Object> commands(Edges edges) {
        return List.of(
                new DemoCommand(edges), new LabCommand(edges), new BenchCommand(edges), new CrashTestCommand(edges));
    }
}
