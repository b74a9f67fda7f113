package dev.asrdoctor.lab.wsman;

import dev.asrdoctor.lab.command.CommandRunner;
import dev.asrdoctor.lab.command.ScriptResult;

/** What a command does: it may write while it runs, and the result holds the rest of its output. */
interface Program {

    ScriptResult run(String commandLine, byte[] stdin, Sink early) throws InterruptedException;

    interface Sink {
        void write(Stream stream, byte[] bytes);
    }

    enum Stream {
        STDOUT("stdout"),
        STDERR("stderr");

        private final String label;

        Stream(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Program of(CommandRunner runner) {
        return (commandLine, stdin, early) -> runner.run(commandLine, stdin);
    }
}
