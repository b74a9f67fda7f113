package dev.asrdoctor.connect;

/** There is no way to some servers of a run at all; the message is one clear line. */
public final class NoWayException extends Exception {
    public NoWayException(String message) {
        super(message);
    }
}
