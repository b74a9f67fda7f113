package dev.asrdoctor.change;

/** A change window is not as it has to be, or cannot be read or written; the message is one clear line. */
public final class ChangeException extends Exception {
    public ChangeException(String message) {
        super(message);
    }
}
