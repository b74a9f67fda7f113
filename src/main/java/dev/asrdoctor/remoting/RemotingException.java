package dev.asrdoctor.remoting;

import org.jspecify.annotations.Nullable;

/** A server could not be reached, refused, or did not finish. */
public final class RemotingException extends Exception {
    private final transient RemotingFailure failure;

    public RemotingException(RemotingFailure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    public RemotingException(RemotingFailure failure) {
        this(failure, null);
    }

    public RemotingFailure failure() {
        return failure;
    }
}
