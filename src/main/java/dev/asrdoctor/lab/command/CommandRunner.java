package dev.asrdoctor.lab.command;

/** Runs what one simulated server was sent, as its cmd shell would. */
public interface CommandRunner {
    ScriptResult run(String commandLine, byte[] stdin) throws InterruptedException;
}
