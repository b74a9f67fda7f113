package dev.asrdoctor.lab;

import dev.asrdoctor.lab.command.ScriptResult;

/** Answers for a simulated server what it was sent. */
interface ScriptEngine {
    ScriptResult run(World world, String commandLine, byte[] stdin) throws InterruptedException;
}
