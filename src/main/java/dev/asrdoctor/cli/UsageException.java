package dev.asrdoctor.cli;

/** The user has to change something; the message is one clear line. */
final class UsageException extends Exception {
    UsageException(String message) {
        super(message);
    }
}
