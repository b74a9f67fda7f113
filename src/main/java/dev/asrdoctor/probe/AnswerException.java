package dev.asrdoctor.probe;

/** A script ended, but its output is not a whole answer. */
public final class AnswerException extends Exception {
    private final transient AnswerFailure failure;

    public AnswerException(AnswerFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public AnswerFailure failure() {
        return failure;
    }
}
