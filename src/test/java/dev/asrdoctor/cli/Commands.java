package dev.asrdoctor.cli;

import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runs commands in this JVM as the launcher would start them. */
public final class Commands {

    public record Ended(int code, String out, String err) {}

    private final Map<String, String> environment = new HashMap<>();

    private @Nullable String answer;

    public Commands with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Somebody sits at a terminal and types this. */
    Commands answering(String typed) {
        answer = typed;
        return this;
    }

    public Ended run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Edges edges = new Edges(
                environment,
                new Terminal(false, false),
                InstantSource.system(),
                new Random(),
                question -> answer == null ? null : answer.toCharArray());
        int code = Main.run(edges, new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Ended(code, out.toString(), err.toString());
    }
}
