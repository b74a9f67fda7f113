package dev.asrdoctor.remoting;

/** Looks at a listener from outside, step by step, and presents no account. */
@FunctionalInterface
public interface Surveyor {
    Survey survey(Endpoint endpoint, Deadline deadline) throws InterruptedException;
}
