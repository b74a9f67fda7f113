package dev.asrdoctor.inventory;

/** A pattern that selects nothing; the message is one clear line. */
public final class SelectionException extends Exception {
    public SelectionException(String message) {
        super(message);
    }

    SelectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
