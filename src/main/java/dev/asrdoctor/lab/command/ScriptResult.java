package dev.asrdoctor.lab.command;

/** What a command wrote and how it ended. */
public record ScriptResult(byte[] stdout, byte[] stderr, int exitCode) {}
