package dev.asrdoctor.remoting;

/** Why a server could not be asked: each kind with what happened and what to do next, in words for an administrator. */
public sealed interface RemotingFailure {

    /** How far the conversation had come. */
    enum Stage {
        NAME,
        TCP,
        TLS,
        HTTP,
        AUTHENTICATION,
        SHELL,
        SCRIPT,
        ANSWER
    }

    Stage stage();

    /** One line: what failed. It never names the server; the report does. */
    String message();

    /** One or two sentences: the probable cause and the next action. */
    String advice();

    record NameNotResolved(String host) implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.NAME;
        }

        @Override
        public String message() {
            return "the name " + host + " cannot be resolved";
        }

        @Override
        public String advice() {
            return "Check the spelling in the inventory, or set 'address' to a name or IP address that this machine's DNS knows.";
        }
    }
}
