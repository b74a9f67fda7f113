package dev.asrdoctor.remoting.wsman;

import java.io.IOException;

/** What arrived is not HTTP, or more of it than anyone needs. */
final class MalformedHttpException extends IOException {
    private final boolean tls;

    MalformedHttpException(String message) {
        this(message, false);
    }

    private MalformedHttpException(String message, boolean tls) {
        super(message);
        this.tls = tls;
    }

    static MalformedHttpException tls() {
        return new MalformedHttpException("a TLS record where an HTTP answer was expected", true);
    }

    /** The peer answered with TLS. */
    boolean isTls() {
        return tls;
    }
}
