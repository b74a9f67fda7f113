package dev.asrdoctor.lab.command;

import java.util.Map;

/** Runs what one simulated server was sent, as its cmd shell would. */
@FunctionalInterface
public interface CommandRunner {
    ScriptResult run(String commandLine, byte[] stdin) throws InterruptedException;

    /** The same, for a program that looks at the variables that its shell was created with. */
    default ScriptResult run(Map<String, String> environment, String commandLine, byte[] stdin)
            throws InterruptedException {
        return run(commandLine, stdin);
    }
}
