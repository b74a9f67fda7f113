package dev.asrdoctor.cli.apart;

import dev.asrdoctor.cli.terminal.Edges;
import java.util.List;

/** Makes commands that are not in the program's own jar. */
public interface CommandsApart {
    /** In the order in which the help names them. */
    List<Object> commands(Edges edges);
}
