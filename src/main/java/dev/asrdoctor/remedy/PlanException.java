package dev.asrdoctor.remedy;

/** A saved plan cannot be used; the message is one clear line. */
public final class PlanException extends Exception {
    public PlanException(String message) {
        super(message);
    }
}
