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

    record LogonHeldBack(String credential, String account, java.util.List<String> refusedBy)
            implements RemotingFailure {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATION;
        }

        @Override
        public String message() {
            return "not tried: the credential '" + credential + "' (" + account + ") was refused by "
                    + String.join(", ", refusedBy);
        }

        @Override
        public String advice() {
            return "Correct the password where the inventory's credential '" + credential
                    + "' takes it from, and check on a domain controller that the account is not locked; then run again."
                    + " The run stopped using it so as not to lock it out.";
        }
    }
}
