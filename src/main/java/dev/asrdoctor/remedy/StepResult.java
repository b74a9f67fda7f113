package dev.asrdoctor.remedy;

/**
 * How one step ended.
 *
 * @param reason in words; for a verified step what was read
 */
public record StepResult(Step step, Verdict verdict, String reason) {

    public enum Verdict {
        /** What the step is for was read afterwards. */
        VERIFIED,
        /** It was done, and what it is for reads as before: doing it again would not help. */
        NO_EFFECT,
        FAILED,
        /** It ran and fell again while it was watched, or until the second look. */
        STOPPED_AGAIN,
        /** Nobody can tell, because the connection broke; it is not repeated blindly. */
        UNKNOWN,
        /** Nothing was done: the policy only lets it be rehearsed, or the server's lease could not be had. */
        NOT_TRIED,
        /** Nothing was done, once more: the server's lease could not be had in several runs in a row. */
        KEPT_OUT;

        boolean untried() {
            return this == NOT_TRIED || this == KEPT_OUT;
        }
    }

    /** Whether anything was done, or may have been. */
    public boolean tried() {
        return !verdict.untried();
    }

    public boolean failed() {
        return verdict != Verdict.VERIFIED && verdict != Verdict.NOT_TRIED;
    }
}
