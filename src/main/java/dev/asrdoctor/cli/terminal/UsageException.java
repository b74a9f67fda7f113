package dev.asrdoctor.cli.terminal;

/** The user has to change something; the message is one clear line. */
public final class UsageException extends Exception {
    public UsageException(String message) {
        super(message);
    }
}
