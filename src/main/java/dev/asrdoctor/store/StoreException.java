package dev.asrdoctor.store;

/**
 * What is kept cannot be read or written, or is not intact, so nothing may be changed that rests on it; the message is one
 * clear line that names where it is kept.
 */
public final class StoreException extends Exception {
    public StoreException(String message) {
        super(message);
    }
}
