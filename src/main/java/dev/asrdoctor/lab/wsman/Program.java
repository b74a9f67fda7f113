package dev.asrdoctor.lab.wsman;

import dev.asrdoctor.lab.command.CommandRunner;
import dev.asrdoctor.lab.command.ScriptResult;
import java.util.Map;

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

    /** The program in a shell that was created with these variables. */
    default Program with(Map<String, String> environment) {
        return this;
    }

    static Program of(CommandRunner runner) {
        return new Program() {
            @Override
            public ScriptResult run(String commandLine, byte[] stdin, Sink early) throws InterruptedException {
                return runner.run(commandLine, stdin);
            }

            @Override
            public Program with(Map<String, String> environment) {
                return (commandLine, stdin, early) -> runner.run(environment, commandLine, stdin);
            }
        };
    }
}
