package dev.asrdoctor.lab;

import dev.asrdoctor.lab.command.ScriptResult;
import java.util.Map;

/** Answers for a simulated server what it was sent. */
interface ScriptEngine {
    /** @param environment variables of the shell that it runs in */
    ScriptResult run(World world, Map<String, String> environment, String commandLine, byte[] stdin)
            throws InterruptedException;

    default ScriptResult run(World world, String commandLine, byte[] stdin) throws InterruptedException {
        return run(world, Map.of(), commandLine, stdin);
    }
}
