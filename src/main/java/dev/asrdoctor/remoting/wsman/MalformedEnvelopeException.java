package dev.asrdoctor.remoting.wsman;

/** A body that is not the envelope it should be. */
final class MalformedEnvelopeException extends Exception {
    MalformedEnvelopeException(String message) {
        super(message);
    }
}
