package dev.asrdoctor.inventory;

/** A password that cannot be had; the message is one clear line and never holds a secret. */
public final class PasswordException extends Exception {
    public PasswordException(String message) {
        super(message);
    }
}
